package struct RecordType: Sendable { package struct Field: Sendable { package let name: String }; package let name: String; package let fields: [Field] }
