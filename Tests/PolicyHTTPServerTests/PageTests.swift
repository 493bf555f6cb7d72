#if Server
  import Diagnostics
  import Foundation
  import HTTPTypes
  import Testing

  @testable import PolicyHTTPServer

  /// The pages for people.
  struct PageTests {
    @Test(
      "pages need no key, and hold all that they need",
      arguments: ["/", "/docs/errors", "/docs/diagnostics", "/status"])
    func pages(_ path: String) async throws {
      try await ServerUnderTest.run { server in
        let page = try await server.send(.get, path)
        #expect(page.status == 200)
        #expect(page.headers[.contentType] == "text/html; charset=utf-8")
        let policy = try #require(page.headers[.contentSecurityPolicy])
        #expect(policy.hasPrefix("default-src 'none'"))
        #expect(!policy.contains("unsafe"))
        #expect(page.text.hasPrefix("<!DOCTYPE html>"))
        // Nothing is fetched: no source, no import, no address of another origin.
        for word in [" src=", "@import", "http://", "https://", "<img", "url("] { #expect(!page.text.contains(word)) }
        #expect(page.text.utf8.count < 40_000)
        #expect(try await server.send(.head, path).status == 200)
        #expect(try await server.send(.get, path, headers: [.accept: "application/json"]).status == 406)
      }
    }

    @Test("every diagnostic has its page, with what it says escaped")
    func diagnostics() async throws {
      try await ServerUnderTest.run { server in
        let index = try await server.send(.get, "/docs/diagnostics")
        for descriptor in DiagnosticCatalog.descriptors {
          let page = try await server.send(.get, "/docs/diagnostics/\(descriptor.id)")
          #expect(page.status == 200)
          #expect(page.text.contains("<h1>\(HTMLText.escaped(descriptor.title))</h1>"))
          #expect(page.text.contains("<h2>How to fix</h2>"))
          #expect(!page.text.contains("<pre><code></code></pre>"), "\(descriptor.id)")
          #expect(index.text.contains("href=\"/docs/diagnostics/\(descriptor.id)\""))
        }
        let missing = try await server.send(.get, "/docs/diagnostics/no-such-code")
        #expect(missing.status == 404)
        #expect(missing["resource"] == "diagnostic")
      }
      #expect(HTMLText.escaped("<a b='&\">") == "&lt;a b=&#39;&amp;&quot;&gt;")
      #expect(HTMLText.paragraphs("a `<b>` c\n\nd") == "<p>a <code>&lt;b&gt;</code> c</p>\n<p>d</p>")
    }

    @Test("the page on errors shows answers as they are given")
    func errors() async throws {
      try await ServerUnderTest.run { server in
        let page = try await server.send(.get, "/docs/errors")
        let answer = try await server.send(.get, "/v1/policies")
        #expect(answer.status == 401)
        #expect(page.text.contains(HTMLText.escaped(answer.text)))
        for status in [400, 401, 403, 404, 405, 406, 408, 409, 412, 413, 415, 422, 429, 431, 500, 503] {
          #expect(page.text.contains("<h2 id=\"\(status)\">\(status) "))
        }
      }
    }

    @Test("status and feed tell of maintenance")
    func status() async throws {
      try await ServerUnderTest.run { server in
        let key = try await server.key()
        #expect(try await server.send(.get, "/status").text.contains("None is planned."))
        let feed = try await server.send(.get, "/status.atom")
        #expect(feed.headers[.contentType] == "application/atom+xml; charset=utf-8")
        #expect(!feed.text.contains("<entry>"))
        #expect(XMLProbe.isWellFormed(feed.text))
        let window =
          #"{"start":"2024-09-15T14:00:00Z","end":"2024-09-15T15:00:00Z","message":"<b>disks</b> & \u0001more"}"#
        #expect(try await server.send(.put, "/v1/maintenance", key: key, window).status == 200)
        let page = try await server.send(.get, "/status")
        #expect(page.text.contains("Under maintenance"))
        #expect(page.text.contains("&lt;b&gt;disks&lt;/b&gt; &amp; "))
        let entry = try await server.send(.get, "/status.atom")
        #expect(entry.text.contains("<summary>&lt;b&gt;disks&lt;/b&gt; &amp; more</summary>"))
        #expect(XMLProbe.isWellFormed(entry.text))
      }
    }
  }

  /// Whether a text is XML, as far as its elements go.
  enum XMLProbe {
    static func isWellFormed(_ text: String) -> Bool {
      var open: [Substring] = []
      for match in text.matches(of: /<(\/?)([a-z]+)[^<>]*?(\/?)>/) {
        if match.3 == "/" { continue }
        if match.1 == "/" {
          guard open.popLast() == match.2 else { return false }
        } else {
          open.append(match.2)
        }
      }
      return open.isEmpty && text.hasPrefix("<?xml") && !text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" }
    }
  }
#endif
