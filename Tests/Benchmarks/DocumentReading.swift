import CYAML
import DocumentTree
import Source

/// JSON reading with spans, in MB/s, and the speed at which one core adds up the same bytes as its floor.
func measureJSONReading(_ options: BenchmarkOptions) throws(BenchmarkFailure) {
  let text = SourceText(name: "doc_100000.json", bytes: try options.bytes("doc_100000.json"))
  measureReading(of: text, "json-read", options)
  let seconds = median(rounds: options.rounds) { keep(byteSum(text.bytes)) }
  Measurement("json-read", "floor", megabytes(text) / seconds, "MB/s").report()
}

/// YAML reading with spans, in MB/s, and libyaml's bare events over the same bytes as its peer.
func measureYAMLReading(_ options: BenchmarkOptions) throws(BenchmarkFailure) {
  let text = SourceText(name: "doc_1000.yaml", bytes: try options.bytes("doc_1000.yaml"))
  measureReading(of: text, "yaml-read", options)
  var events = 0
  let seconds = median(rounds: options.rounds) { events = eventCount(text.bytes) }
  Measurement(
    "yaml-read", "libyaml-events", count: events, megabytes(text) / seconds, "MB/s", mismatch: events > 0 ? 0 : 1
  )
  .report()
}

private func measureReading(of text: SourceText, _ benchmark: String, _ options: BenchmarkOptions) {
  var mismatch = 0
  var nodes = 0
  let seconds = median(rounds: options.rounds) {
    let (document, diagnostics) = readDocument(text)
    nodes = document.nodes.count
    mismatch = diagnostics.count + (document.roots.count == 1 ? 0 : 1)
  }
  Measurement(benchmark, "all", count: nodes, megabytes(text) / seconds, "MB/s", mismatch: mismatch).report()
  Measurement(benchmark, "node", count: nodes, seconds * 1e9 / Double(max(1, nodes)), "ns/node", mismatch: mismatch)
    .report()
}

private func megabytes(_ text: SourceText) -> Double { Double(text.bytes.count) / 1e6 }

@inline(never)
private func byteSum(_ bytes: [UInt8]) -> UInt64 {
  bytes.reduce(into: UInt64(0)) { $0 &+= UInt64($1) }
}

/// How many events libyaml finds; 0 when it cannot read the text.
private func eventCount(_ bytes: [UInt8]) -> Int {
  var parser = unsafe yaml_parser_t()
  guard unsafe yaml_parser_initialize(&parser) == 1 else { return 0 }
  defer { unsafe yaml_parser_delete(&parser) }
  return unsafe bytes.withUnsafeBufferPointer { buffer in
    unsafe yaml_parser_set_input_string(&parser, buffer.baseAddress, buffer.count)
    var count = 0
    while true {
      var event = unsafe yaml_event_t()
      guard unsafe yaml_parser_parse(&parser, &event) == 1 else { return 0 }
      let isEnd = unsafe event.type == YAML_STREAM_END_EVENT
      unsafe yaml_event_delete(&event)
      if isEnd { return count }
      count += 1
    }
  }
}
