// What clock and calendar show at a timestamp, and how long a duration is (cel-spec, "List of Standard Definitions").
extension StandardLibrary {
  static let times: [LibraryFunction] = Array(
    [
      part("getFullYear") { $0.fullYear }, part("getMonth") { $0.month }, part("getDayOfYear") { $0.dayOfYear },
      part("getDayOfMonth") { $0.dayOfMonth }, part("getDate") { $0.date }, part("getDayOfWeek") { $0.dayOfWeek },
      part("getHours") { $0.hours }, part("getMinutes") { $0.minutes }, part("getSeconds") { $0.seconds },
      milliseconds, lengths,
    ].joined())

  /// A getter's two signatures: in UTC, and in a time zone.
  private static func part(_ name: String, _ part: @escaping @Sendable (CivilTime) -> Int) -> [LibraryFunction] {
    [
      LibraryFunction("method timestamp.\(name)() -> int") { arguments, _ in
        .int(Int64(part(arguments[0].timestamp.civilTime)))
      },
      LibraryFunction("method timestamp.\(name)(string) -> int") { arguments, _ throws(EvaluationError) in
        .int(Int64(part(arguments[0].timestamp.civilTime(in: try zone(arguments[1].bytes)))))
      },
    ]
  }

  private static let milliseconds: [LibraryFunction] = [
    LibraryFunction("method timestamp.getMilliseconds() -> int") { arguments, _ in
      .int(Int64(arguments[0].timestamp.milliseconds))
    },
    LibraryFunction("method timestamp.getMilliseconds(string) -> int") { arguments, _ throws(EvaluationError) in
      // The same in every zone, but the zone must be one.
      _ = try zone(arguments[1].bytes)
      return .int(Int64(arguments[0].timestamp.milliseconds))
    },
  ]

  private static let lengths: [LibraryFunction] = [
    LibraryFunction("method duration.getHours() -> int") { arguments, _ in .int(arguments[0].duration.hours) },
    LibraryFunction("method duration.getMinutes() -> int") { arguments, _ in .int(arguments[0].duration.minutes) },
    LibraryFunction("method duration.getSeconds() -> int") { arguments, _ in .int(arguments[0].duration.seconds) },
    LibraryFunction("method duration.getMilliseconds() -> int") { arguments, _ in
      .int(arguments[0].duration.milliseconds)
    },
  ]

  private static func zone(_ name: ByteView) throws(EvaluationError) -> TimeZone {
    do throws(ConversionFault) { return try TimeZone(named: unsafe name.buffer.span) } catch {
      throw .invalidArgument(error.message)
    }
  }
}
