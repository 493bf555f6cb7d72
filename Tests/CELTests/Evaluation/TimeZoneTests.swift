import CEL
import Glibc
import Testing

@Suite("Time zones")
struct TimeZoneTests {
  static let hasData = unsafe access("/usr/share/zoneinfo/Europe/Berlin", R_OK) == 0

  @Test(
    "an offset is read with or without its sign",
    arguments: [
      ("+01:00", 3600), ("-08:30", -30_600), ("02:00", 7200), ("-00:00", 0), ("-00:30", -1800), ("+14:00", 50_400),
      ("1:00", 3600), ("+01:5", 3900), ("+23:59", 86_340), ("-23:59", -86_340),
    ])
  func offsets(name: String, seconds: Int32) throws {
    #expect(try TimeZone(named: name.utf8.span).offset(at: .least) == seconds)
  }

  @Test(
    "what is no offset is refused",
    arguments: [
      ":", "+:", ":00", "+01:", "+24:00", "+01:60", "+99:00", "+001:00", "+01:000", "+01:00:00", " +01:00", "+ 1:00",
      "--1:00",
      "+1:-5", "file:/etc/passwd", "+01:00\0",
    ])
  func noOffset(name: String) {
    let message = "an offset from UTC is written `+01:00`, below 24 hours"
    #expect(throws: ConversionFault(message, at: 0..<name.utf8.count)) { try TimeZone(named: name.utf8.span) }
  }

  @Test("UTC needs no data", arguments: ["", "UTC", "GMT", "Etc/UTC", "Etc/GMT"])
  func utc(name: String) throws {
    let none = TimeZoneDatabase(directories: ["/nowhere"])
    #expect(try TimeZone(named: name.utf8.span, in: none).offset(at: .greatest) == 0)
  }

  @Test(
    "no name leads out of the folder",
    .enabled(if: hasData),
    arguments: [
      "../UTC", "Berlin/../Paris", "./Berlin", "/Berlin", "Berlin/", "//Berlin", "", "Berlin\0", ".", "..",
      "/usr/share/zoneinfo/UTC", "..\\UTC", "berlin", " Berlin",
    ])
  func traversal(name: String) throws {
    let database = TimeZoneDatabase(directories: ["/usr/share/zoneinfo/Europe"])
    #expect(try TimeZone(named: "Berlin".utf8.span, in: database).offset(at: .greatest) == 3600)
    if name.isEmpty { return }
    #expect(throws: ConversionFault("unknown time zone `\(name)`", at: 0..<name.utf8.count)) {
      try TimeZone(named: name.utf8.span, in: database)
    }
  }

  @Test(
    "a name that the data has not is unknown",
    .enabled(if: hasData),
    arguments: [
      "Nope/Nope", "utc", "europe/berlin", "Europe", "zone.tab", "tzdata.zi", "leapseconds", "localtime", "Local", "Z",
      "CEST-2",
      "right/Europe/Berlin", "Europe/Berl\u{EF}n",
    ])
  func unknown(name: String) {
    #expect(throws: ConversionFault("unknown time zone `\(name)`", at: 0..<name.utf8.count)) {
      try TimeZone(named: name.utf8.span)
    }
  }

  @Test("a machine without data says so, and a long name is cut")
  func noData() {
    let none = TimeZoneDatabase(directories: ["/nowhere", "/nowhere/else"])
    #expect(
      throws: ConversionFault("unknown time zone `Europe/Berlin`: this machine has no time zone data", at: 0..<13)
    ) { try TimeZone(named: "Europe/Berlin".utf8.span, in: none) }
    let long = String(repeating: "a", count: 100_000)
    let message = "unknown time zone `\(String(repeating: "a", count: 64))…`: this machine has no time zone data"
    #expect(throws: ConversionFault(message, at: 0..<100_000)) { try TimeZone(named: long.utf8.span, in: none) }
  }

  /// The answers of Python's `zoneinfo` with the data of 2025b.
  @Test(
    "a region's clocks show what its history and its rule say",
    .enabled(if: hasData),
    arguments: [
      ("US/Central", "2009-02-13T23:31:30Z", -21_600), ("America/St_Johns", "2009-02-13T02:00:00Z", -12_600),
      ("Europe/Berlin", "1850-01-01T00:00:00Z", 3208), ("Europe/Berlin", "1893-03-31T23:06:31Z", 3208),
      ("Europe/Berlin", "1893-03-31T23:06:32Z", 3600), ("Europe/Berlin", "1945-06-01T00:00:00Z", 10_800),
      ("Europe/Berlin", "2024-03-31T00:59:59.999999999Z", 3600), ("Europe/Berlin", "2024-03-31T01:00:00Z", 7200),
      ("Europe/Berlin", "2024-10-27T00:59:59Z", 7200), ("Europe/Berlin", "2024-10-27T01:00:00Z", 3600),
      ("Europe/Berlin", "2499-07-01T00:00:00Z", 7200), ("Europe/Berlin", "2499-12-31T23:59:59Z", 3600),
      ("Europe/Berlin", "0001-01-01T00:00:00Z", 3208), ("Europe/Berlin", "9999-07-31T23:59:59Z", 7200),
      ("America/New_York", "2100-03-14T06:59:59Z", -18_000), ("America/New_York", "2100-03-14T07:00:00Z", -14_400),
      ("America/New_York", "2100-11-07T05:59:59Z", -14_400), ("America/New_York", "2100-11-07T06:00:00Z", -18_000),
      ("Australia/Sydney", "2200-01-01T00:00:00Z", 39_600), ("Australia/Sydney", "2200-07-01T00:00:00Z", 36_000),
      ("Australia/Lord_Howe", "2200-01-01T00:00:00Z", 39_600), ("Australia/Lord_Howe", "2200-07-01T00:00:00Z", 37_800),
      ("Asia/Kolkata", "2300-01-01T00:00:00Z", 19_800), ("Europe/Dublin", "2300-01-01T00:00:00Z", 0),
      ("Europe/Dublin", "2300-07-01T00:00:00Z", 3600), ("Africa/Casablanca", "2300-01-01T00:00:00Z", 3600),
      ("America/Nuuk", "2300-01-01T00:00:00Z", -7200), ("America/Nuuk", "2300-07-01T00:00:00Z", -3600),
      ("Pacific/Kiritimati", "2024-01-01T00:00:00Z", 50_400), ("Etc/GMT+12", "2024-01-01T00:00:00Z", -43_200),
      ("EST", "2024-07-01T00:00:00Z", -18_000),
    ] as [(String, String, Int32)])
  func regions(name: String, instant: String, seconds: Int32) throws {
    let zone = try TimeZone(named: name.utf8.span)
    #expect(zone.offset(at: try Timestamp(parsing: instant.utf8)) == seconds)
  }

  @Test("the getters of a timestamp go by a zone's clocks", .enabled(if: hasData))
  func civilTime() throws {
    let instant = try Timestamp(parsing: "2009-02-13T02:00:00Z".utf8)
    #expect(instant.civilTime(in: try TimeZone(named: "-02:30".utf8.span)).dayOfMonth == 11)
    let newfoundland = instant.civilTime(in: try TimeZone(named: "America/St_Johns".utf8.span))
    #expect([newfoundland.dayOfMonth, newfoundland.hours, newfoundland.minutes] == [11, 22, 30])
    let year0 = Timestamp.least.civilTime(in: try TimeZone(named: "America/New_York".utf8.span))
    #expect([year0.fullYear, year0.dayOfYear, year0.dayOfMonth, year0.dayOfWeek] == [0, 365, 30, 0])
    #expect(Timestamp.greatest.civilTime(in: try TimeZone(named: "+01:00".utf8.span)).fullYear == 10_000)
  }

  @Test("threads may ask for zones at once", .enabled(if: hasData))
  func threads() async {
    let database = TimeZoneDatabase(directories: ["/usr/share/zoneinfo"])
    let names = ["Europe/Berlin", "Europe/Paris", "America/New_York", "Asia/Tokyo", "Nope"]
    let offsets = await withTaskGroup(of: Int.self) { group in
      for number in 0..<200 {
        group.addTask {
          let zone = try? TimeZone(named: names[number % names.count].utf8.span, in: database)
          return Int(zone?.offset(at: .greatest) ?? 1)
        }
      }
      return await group.reduce(0, +)
    }
    #expect(offsets == 40 * (3600 + 3600 - 18_000 + 32_400 + 1))
  }
}
