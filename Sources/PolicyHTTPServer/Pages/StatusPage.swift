#if Server
  internal import PolicyStorage

  /// Whether the service is up, for people and their feed readers.
  enum StatusPage {
    static func answer(_ window: MaintenanceWindow?, now: Instant) -> Answer {
      let isDown = window.map { $0.start <= now && now < $0.end } ?? false
      var content = """
        <p class="decision \(isDown ? "warn" : "fine")">\(isDown ? "Under maintenance" : "Operational")</p>
        <p>As of <time datetime="\(now.text)">\(now.text)</time>.</p>
        <h2>Maintenance</h2>
        """
      if let window, window.end > now {
        content += """
          <p><time datetime="\(window.start.text)">\(window.start.text)</time> to
          <time datetime="\(window.end.text)">\(window.end.text)</time></p>
          <p>\(HTMLText.escaped(window.message ?? ""))</p>
          """
      } else {
        content += "<p>None is planned.</p>"
      }
      content += "<p><a href=\"/status.atom\">Feed of maintenance windows</a></p>"
      return WebPage(title: "Status", content: content).answer
    }

    static let feedType = "application/atom+xml"

    /// The feed (RFC 4287): an entry of the window there is, past or coming.
    static func feed(_ window: MaintenanceWindow?, now: Instant) -> Answer {
      var entry = ""
      if let window {
        let times = "\(window.start.text) to \(window.end.text)"
        entry = """
          <entry>
          <id>urn:policycortex:maintenance:\(window.start.milliseconds)-\(window.end.milliseconds)</id>
          <title>Maintenance, \(times)</title>
          <updated>\(window.start.text)</updated>
          <summary>\(xml(window.message ?? times))</summary>
          </entry>

          """
      }
      let text = """
        <?xml version="1.0" encoding="utf-8"?>
        <feed xmlns="http://www.w3.org/2005/Atom">
        <id>urn:policycortex:maintenance</id>
        <title>PolicyCortex maintenance windows</title>
        <author><name>PolicyCortex</name></author>
        <link rel="self" href="/status.atom"/>
        <link rel="alternate" href="/status"/>
        <updated>\((window?.start ?? now).text)</updated>
        \(entry)</feed>

        """
      return Answer(text: text, type: "\(feedType); charset=utf-8")
    }

    /// A text in XML, without the characters that XML cannot hold.
    private static func xml(_ text: String) -> String {
      let scalars = text.unicodeScalars.filter { scalar in
        scalar == "\t" || scalar == "\n" || scalar.value >= 0x20 && scalar.value != 0xFFFE && scalar.value != 0xFFFF
      }
      return HTMLText.escaped(String(String.UnicodeScalarView(scalars)))
    }
  }
#endif
