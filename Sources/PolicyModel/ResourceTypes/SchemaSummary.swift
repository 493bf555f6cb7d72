internal import CEL
internal import DocumentTree

/// The types that JSON Schema names, as far as values may have them.
struct SchemaKinds: OptionSet, Hashable {
  let rawValue: UInt8

  static let bool = SchemaKinds(rawValue: 1)
  static let int = SchemaKinds(rawValue: 2)
  /// A number that is no integer.
  static let fraction = SchemaKinds(rawValue: 4)
  static let string = SchemaKinds(rawValue: 8)
  static let list = SchemaKinds(rawValue: 16)
  static let object = SchemaKinds(rawValue: 32)
  static let null = SchemaKinds(rawValue: 64)

  static let number: SchemaKinds = [.int, .fraction]
  static let all: SchemaKinds = [.bool, .int, .fraction, .string, .list, .object, .null]
}

/// All schemas that a value must fit: one of each group.
typealias SchemaGroups = [[NodeID]]

/// What a schema says of values, put together from its parts.
///
/// Where parts cannot be put together exactly, the summary allows more than the schema does, never less.
struct SchemaSummary {
  /// A named member.
  struct Property {
    var name: [UInt8]
    var groups: SchemaGroups
    /// Whether an alternative does not speak of it, so that the groups bind only where nothing else is said.
    var isPartial = false
  }

  /// Whether an object may have members that are not named.
  enum Openness {
    case unstated, closed, open
  }

  var kinds = SchemaKinds.all
  var properties: [Property] = []
  private var places: [[UInt8]: Int] = [:]
  var required: Set<[UInt8]> = []
  /// Schemas of a list's elements; each element fits one of each group.
  var items: SchemaGroups = []
  /// Schemas of members that are not named; each such member fits one of them.
  var others: [NodeID] = []
  var openness = Openness.unstated
  /// The values there are; `nil` when they are not listed.
  var choices: [AttributeChoice]?
  var bounds = AttributeBounds()
  var format: String?

  /// Nothing: all values fit.
  init() {}

  func property(_ name: [UInt8]) -> Property? { places[name].map { properties[$0] } }

  mutating func set(_ property: Property) {
    if let place = places[property.name] {
      properties[place] = property
    } else {
      places[property.name] = properties.count
      properties.append(property)
    }
  }
}

// MARK: - Both, and one of several

extension SchemaSummary {
  /// Adds what another schema says of the same values.
  mutating func formIntersection(_ other: SchemaSummary) {
    kinds.formIntersection(other.kinds)
    for theirs in other.properties {
      guard let own = property(theirs.name) else {
        set(theirs)
        continue
      }
      switch (own.isPartial, theirs.isPartial) {
      case (false, true): break
      case (true, false): set(theirs)
      case (false, false): set(Property(name: own.name, groups: own.groups + theirs.groups))
      case (true, true):
        set(Property(name: own.name, groups: Self.either(own.groups, theirs.groups), isPartial: true))
      }
    }
    required.formUnion(other.required)
    items += other.items
    switch (openness, other.openness) {
    case (.closed, _): break
    case (_, .closed):
      others = other.others
      openness = .closed
    case (.unstated, let theirs):
      others += other.others
      openness = theirs
    case (.open, _): others += other.others
    }
    if let own = choices, let theirs = other.choices {
      let both = own.filter { theirs.contains($0) }
      choices = both.isEmpty ? nil : both
    } else {
      choices = choices ?? other.choices
    }
    bounds.formIntersection(other.bounds)
    format = format ?? other.format
  }

  /// What is so whichever of several schemas the values fit.
  static func union(_ parts: [SchemaSummary]) -> SchemaSummary {
    guard var summary = parts.first else { return SchemaSummary() }
    for part in parts.dropFirst() { summary.formUnion(part) }
    return summary
  }

  private mutating func formUnion(_ other: SchemaSummary) {
    var merged: [Property] = []
    for own in properties {
      if let theirs = other.property(own.name) {
        merged.append(
          Property(
            name: own.name, groups: Self.either(own.groups, theirs.groups),
            isPartial: own.isPartial || theirs.isPartial))
      } else {
        merged.append(
          Property(name: own.name, groups: own.groups, isPartial: own.isPartial || other.openness != .closed))
      }
    }
    for theirs in other.properties where property(theirs.name) == nil {
      merged.append(
        Property(name: theirs.name, groups: theirs.groups, isPartial: theirs.isPartial || openness != .closed))
    }
    kinds.formUnion(other.kinds)
    properties = []
    places = [:]
    for property in merged { set(property) }
    required.formIntersection(other.required)
    items = Self.either(items, other.items)
    others += other.others
    if openness != other.openness { openness = openness == .open || other.openness == .open ? .open : .unstated }
    if let own = choices, let theirs = other.choices {
      choices = own + theirs.filter { !own.contains($0) }
    } else {
      choices = nil
    }
    bounds.formUnion(other.bounds)
    format = format == other.format ? format : nil
  }

  /// Groups that allow what either allows; none when one of them allows everything.
  private static func either(_ left: SchemaGroups, _ right: SchemaGroups) -> SchemaGroups {
    if left.isEmpty || right.isEmpty { return [] }
    if left == right { return left }
    var group: [NodeID] = []
    for node in (left + right).joined() where !group.contains(node) { group.append(node) }
    return [group]
  }
}

extension AttributeBounds {
  mutating func formIntersection(_ other: AttributeBounds) {
    if let theirs = other.minimum, theirs >= minimum ?? -.infinity {
      excludesMinimum = theirs == minimum ? excludesMinimum || other.excludesMinimum : other.excludesMinimum
      minimum = theirs
    }
    if let theirs = other.maximum, theirs <= maximum ?? .infinity {
      excludesMaximum = theirs == maximum ? excludesMaximum || other.excludesMaximum : other.excludesMaximum
      maximum = theirs
    }
    minimumLength = Self.both(minimumLength, other.minimumLength, max)
    maximumLength = Self.both(maximumLength, other.maximumLength, min)
    minimumCount = Self.both(minimumCount, other.minimumCount, max)
    maximumCount = Self.both(maximumCount, other.maximumCount, min)
  }

  mutating func formUnion(_ other: AttributeBounds) {
    if let own = minimum, let theirs = other.minimum {
      excludesMinimum =
        own == theirs
        ? excludesMinimum && other.excludesMinimum : (own < theirs ? excludesMinimum : other.excludesMinimum)
      minimum = min(own, theirs)
    } else {
      minimum = nil
      excludesMinimum = false
    }
    if let own = maximum, let theirs = other.maximum {
      excludesMaximum =
        own == theirs
        ? excludesMaximum && other.excludesMaximum : (own > theirs ? excludesMaximum : other.excludesMaximum)
      maximum = max(own, theirs)
    } else {
      maximum = nil
      excludesMaximum = false
    }
    minimumLength = Self.either(minimumLength, other.minimumLength, min)
    maximumLength = Self.either(maximumLength, other.maximumLength, max)
    minimumCount = Self.either(minimumCount, other.minimumCount, min)
    maximumCount = Self.either(maximumCount, other.maximumCount, max)
  }

  private static func both(_ left: Int?, _ right: Int?, _ tighter: (Int, Int) -> Int) -> Int? {
    guard let left, let right else { return left ?? right }
    return tighter(left, right)
  }

  private static func either(_ left: Int?, _ right: Int?, _ looser: (Int, Int) -> Int) -> Int? {
    guard let left, let right else { return nil }
    return looser(left, right)
  }
}
