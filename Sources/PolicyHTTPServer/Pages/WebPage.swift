#if Server
  internal import Crypto
  internal import Foundation
  internal import HTTPTypes

  /// A page for people: one answer with all that it needs, so that no other request is made for it.
  struct WebPage: Sendable {
    let title: String
    /// What stands between header and footer, in HTML.
    let content: String
    var script = ""

    static let type = "text/html"

    /// The page as an answer that allows nothing but what is in it.
    var answer: Answer {
      let html = """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>\(HTMLText.escaped(title)) · PolicyCortex</title>
        <link rel="icon" href="data:,">
        <link rel="alternate" type="application/atom+xml" title="Maintenance windows" href="/status.atom">
        <style>\(Self.style)</style>
        </head>
        <body>
        <header><nav aria-label="Pages"><a href="/">Sandbox</a> <a href="/docs/diagnostics">Diagnostics</a>
        <a href="/docs/errors">Errors</a> <a href="/status">Status</a></nav></header>
        <main>
        <h1>\(HTMLText.escaped(title))</h1>
        \(content)
        </main>
        \(script.isEmpty ? "" : "<script>\(script)</script>")
        </body>
        </html>

        """
      var answer = Answer(text: html, type: "\(Self.type); charset=utf-8")
      let scripts = script.isEmpty ? "'none'" : Self.hash(of: script)
      answer.headers[.contentSecurityPolicy] =
        "default-src 'none'; script-src \(scripts); style-src \(Self.hash(of: Self.style)); img-src data:; "
        + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
      answer.headers[.xContentTypeOptions] = "nosniff"
      answer.headers[.referrerPolicy] = "no-referrer"
      return answer
    }

    /// How a policy of contents names a text that may be used.
    private static func hash(of text: String) -> String {
      "'sha256-\(Data(SHA256.hash(data: Data(text.utf8))).base64EncodedString())'"
    }

    private static let style = """
      :root { color-scheme: light dark; --line: #8886; --soft: #8882; --bad: #b3261e; --warn: #8a5a00; --good: #1b6e3c; }
      @media (prefers-color-scheme: dark) { :root { --bad: #ff9a92; --warn: #f3c26b; --good: #7fd6a0; } }
      * { box-sizing: border-box; }
      body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 80rem; padding: 0 1rem 3rem; }
      nav { display: flex; gap: 1.25rem; padding: 1rem 0; border-bottom: 1px solid var(--line); }
      h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2rem; }
      code, pre, textarea { font: 14px/1.5 ui-monospace, monospace; }
      code { background: var(--soft); padding: 0 .2em; border-radius: 3px; }
      pre { background: var(--soft); padding: .75rem; overflow-x: auto; border-radius: 6px; } pre code { background: none; }
      table { border-collapse: collapse; width: 100%; } td, th { text-align: left; padding: .3rem .6rem .3rem 0;
        border-bottom: 1px solid var(--line); vertical-align: top; }
      label { font-weight: 600; display: block; margin: .75rem 0 .25rem; }
      textarea, input, select, button { font-size: 1rem; width: 100%; padding: .5rem; border: 1px solid #888;
        border-radius: 6px; background: Canvas; color: CanvasText; }
      textarea { font-size: 14px; min-height: 15rem; resize: vertical; tab-size: 2; }
      button { width: auto; cursor: pointer; padding: .3rem .8rem; }
      :focus-visible { outline: 3px solid #4a90d9; outline-offset: 2px; }
      .columns { display: grid; gap: 0 1.5rem; grid-template-columns: repeat(auto-fit, minmax(20rem, 1fr)); }
      .row { display: flex; flex-wrap: wrap; gap: .75rem; align-items: end; } .row > div { flex: 1 1 14rem; }
      .list { list-style: none; padding: 0; } .list > li { border-left: 4px solid #888; padding: .25rem .75rem; margin: .5rem 0; }
      li.error { border-color: var(--bad); } li.warning { border-color: var(--warn); }
      .deny, .error > strong { color: var(--bad); } .warn, .audit, .warning > strong { color: var(--warn); }
      .allow, .fine { color: var(--good); } .decision { font-size: 1.4rem; font-weight: 700; }
      """
  }

  /// Text in HTML.
  enum HTMLText {
    /// A text that is no markup.
    static func escaped(_ text: String) -> String {
      var output = ""
      for scalar in text.unicodeScalars {
        switch scalar {
        case "&": output += "&amp;"
        case "<": output += "&lt;"
        case ">": output += "&gt;"
        case "\"": output += "&quot;"
        case "'": output += "&#39;"
        default: output.unicodeScalars.append(scalar)
        }
      }
      return output
    }

    /// Paragraphs of Markdown that has code spans and nothing else.
    static func paragraphs(_ text: String) -> String {
      var isCode = false
      var output = "<p>"
      for part in escaped(text).replacing("\n\n", with: "</p>\n<p>").split(
        separator: "`", omittingEmptySubsequences: false)
      {
        output += isCode ? "<code>\(part)</code>" : String(part)
        isCode.toggle()
      }
      return output + "</p>"
    }
  }
#endif
