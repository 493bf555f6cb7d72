#if Server
  /// What a key may do.
  package enum Scope: String, CaseIterable, Sendable {
    case readPolicies = "policies:read"
    case writePolicies = "policies:write"
    case deletePolicies = "policies:delete"
    case readScans = "scans:read"
    case writeScans = "scans:write"
    case administerKeys = "keys:admin"
    case administer = "admin"
  }

  /// How much a key may do.
  package enum Tier: String, CaseIterable, Comparable, Sendable {
    case free, pro, enterprise

    private var rank: Int {
      switch self {
      case .free: 0
      case .pro: 1
      case .enterprise: 2
      }
    }

    package static func < (left: Tier, right: Tier) -> Bool { left.rank < right.rank }
  }
#endif
