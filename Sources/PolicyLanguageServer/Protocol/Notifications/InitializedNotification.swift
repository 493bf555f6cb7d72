internal import PolicyCortex

/// `initialized`: the editor is ready to be asked.
struct InitializedNotification: NotificationMessage {
  static let method = "initialized"

  init(_ parameters: Parameters) {}

  func take(by server: LanguageServer) {
    guard server.client.watchesFiles else { return }
    server.ask(
      "client/registerCapability",
      [
        "registrations": [
          [
            "id": "policycortex-files", "method": .string(DidChangeWatchedFilesNotification.method),
            "registerOptions": [
              "watchers": [
                ["globPattern": "**/\(Configuration.fileName)"], ["globPattern": "**/*.json"],
                ["globPattern": "**/*.test.{yaml,yml}"],
              ]
            ],
          ]
        ]
      ])
  }
}
