#if Server
  /// How far a scan is.
  package enum ScanStatus: String, CaseIterable, Sendable {
    case running, completed, failed
  }

  /// What a scan has found so far.
  package struct ScanProgress: Hashable, Sendable {
    /// How many resources have been looked at.
    package var resources: Int
    /// How many violations there are, kept or only counted.
    package var violations: Int
    /// What is told of them in all, as JSON.
    package var summary: [UInt8]

    package init(resources: Int = 0, violations: Int = 0, summary: [UInt8]) {
      self.resources = resources
      self.violations = violations
      self.summary = summary
    }
  }

  /// A scan as it is kept.
  package struct StoredScan: Hashable, Sendable {
    /// `scan_…`, unique in all workspaces.
    package let id: String
    package let workspace: String
    /// The public part of the key that asked for it.
    package let author: String
    /// The policies and their revisions, as JSON.
    package let policies: [UInt8]
    /// How many resources there are, where that is known before they are read.
    package let total: Int?
    package let createdAt: Instant
    package var status = ScanStatus.running
    /// Why it failed.
    package var reason: String?
    package var progress: ScanProgress
    package var finishedAt: Instant?

    package init(
      id: String, by actor: Actor, policies: [UInt8], total: Int?, progress: ScanProgress
    ) {
      self.id = id
      workspace = actor.workspace
      author = actor.name
      self.policies = policies
      self.total = total
      createdAt = actor.time
      self.progress = progress
    }
  }
#endif
