#if Server
  internal import DiagnosticRendering
  internal import Diagnostics

  /// What `explain` says of diagnostics, as pages.
  enum DiagnosticPages {
    static let index: Answer = {
      let rows = DiagnosticCatalog.descriptors.map { descriptor in
        """
        <tr><td><a href="/docs/diagnostics/\(descriptor.id)"><code>\(descriptor.id)</code></a></td>
        <td>\(descriptor.severity.rawValue)</td><td>\(descriptor.failure.map { String($0.rawValue) } ?? "")</td>
        <td>\(HTMLText.escaped(descriptor.title))</td></tr>
        """
      }
      let content = """
        <p>What can be found in a policy. Errors fail it; warnings and hints are advice.</p>
        <table><thead><tr><th>code</th><th>severity</th><th>class</th><th>title</th></tr></thead>
        <tbody>\(rows.joined(separator: "\n"))</tbody></table>
        """
      return WebPage(title: "Diagnostics", content: content).answer
    }()

    /// The page of a code; `nil` if there is none.
    static func page(_ code: String) -> Answer? {
      guard let descriptor = DiagnosticCatalog.descriptor(code) else { return nil }
      let facts = JSONValue(reading: DiagnosticReference.json([descriptor]))
      guard case .array(let all)? = facts["diagnostics"], let fact = all.first else { return nil }
      let kind = descriptor.failure.map { "\(descriptor.severity.rawValue), class \($0.rawValue)" }
      let content = """
        <p><code>\(descriptor.id)</code> · \(kind ?? "\(descriptor.severity.rawValue), which never changes the status")</p>
        \(HTMLText.paragraphs(descriptor.explanation))
        <h2>Wrong</h2>
        \(example(fact["bad"]))
        <h2>Right</h2>
        \(example(fact["good"]))
        <h2>How to fix</h2>
        \(HTMLText.paragraphs(descriptor.howToFix))
        """
      return WebPage(title: descriptor.title, content: content).answer
    }

    private static func example(_ value: JSONValue?) -> String {
      guard case .string(let text)? = value?["text"] else { return "" }
      return "<pre><code>\(HTMLText.escaped(text))</code></pre>"
    }
  }
#endif
