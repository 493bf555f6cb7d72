/// How many code points of a document's text a message shows.
private let excerptLimit = 60

/// A document's text for use in a message: on one line, and cut when it is long.
///
/// Control characters are shown as their escapes, so that a message stays on its line and a terminal unharmed.
func excerpt(_ text: String) -> String {
  var shown = ""
  var count = 0
  for scalar in text.unicodeScalars {
    if count == excerptLimit { return shown + "…" }
    count += 1
    switch scalar {
    case "\n": shown += "\\n"
    case "\r": shown += "\\r"
    case "\t": shown += "\\t"
    case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{2028}"..."\u{202E}", "\u{2066}"..."\u{2069}":
      shown += "\\u{" + String(scalar.value, radix: 16) + "}"
    default: shown.unicodeScalars.append(scalar)
    }
  }
  return shown
}
