#if Server
  /// A policy as a client sent it, ready to be kept.
  package struct PolicyDraft: Hashable, Sendable {
    /// Unique in a workspace.
    package var name: String
    /// The document: one JSON object.
    package var document: [UInt8]
    package var resourceTypes: [String]
    package var severity: String?
    package var isEnabled: Bool

    package init(name: String, document: [UInt8], resourceTypes: [String], severity: String?, isEnabled: Bool) {
      self.name = name
      self.document = document
      self.resourceTypes = resourceTypes
      self.severity = severity
      self.isEnabled = isEnabled
    }
  }

  /// A policy as it is kept.
  package struct StoredPolicy: Hashable, Sendable {
    /// `pol_…`, unique in all workspaces.
    package let id: String
    package let workspace: String
    /// From 1; each change makes the next.
    package let revision: Int
    package let draft: PolicyDraft
    package let createdAt: Instant
    package let updatedAt: Instant
  }

  /// What a policy was at one revision; never changed, and kept when the policy is deleted.
  package struct PolicyVersion: Hashable, Sendable {
    package let revision: Int
    package let document: [UInt8]
    package let createdAt: Instant
    /// The public part of the key that wrote it.
    package let author: String
  }

  /// Which policies are listed.
  package struct PolicyFilter: Hashable, Sendable {
    package var resourceType: String?
    package var severity: String?
    package var isEnabled: Bool?
    /// Only policies whose types are all among these; `nil` for any.
    package var withinTypes: [String]?

    package init(
      resourceType: String? = nil, severity: String? = nil, isEnabled: Bool? = nil, withinTypes: [String]? = nil
    ) {
      self.resourceType = resourceType
      self.severity = severity
      self.isEnabled = isEnabled
      self.withinTypes = withinTypes
    }
  }

  /// Which part of a list is wanted.
  package struct PageRequest: Hashable, Sendable {
    /// Where it starts.
    package enum Start: Hashable, Sendable {
      /// Behind so many elements.
      case offset(Int)
      /// So many elements behind the one that a cursor names: what is created or deleted before it shifts nothing.
      case cursor(Int64, offset: Int = 0)
    }

    package var limit: Int
    package var start: Start

    package init(limit: Int, start: Start = .offset(0)) {
      self.limit = limit
      self.start = start
    }
  }

  /// A part of a list.
  package struct Page<Element: Sendable>: Sendable {
    package let elements: [Element]
    /// How many there are in all.
    package let total: Int
    /// Where the next part starts; `nil` at the end.
    package let next: Int64?

    package init(elements: [Element], total: Int, next: Int64?) {
      self.elements = elements
      self.total = total
      self.next = next
    }
  }
#endif
