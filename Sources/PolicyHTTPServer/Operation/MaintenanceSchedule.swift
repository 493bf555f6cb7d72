#if Server
  internal import PolicyStorage
  internal import Synchronization

  /// The maintenance window as this server knows it: asked by every request, and therefore in memory.
  final class MaintenanceSchedule: Sendable {
    private let window = Mutex<MaintenanceWindow?>(nil)

    var current: MaintenanceWindow? { window.withLock { $0 } }

    func set(_ window: MaintenanceWindow?) { self.window.withLock { $0 = window } }

    /// - Throws: 503 while the window lasts.
    func requireService(now: Instant) throws(ErrorResponse) {
      guard let window = current, window.start <= now, now < window.end else { return }
      throw .unavailable(
        "Service under maintenance", retryAfter: (window.end.milliseconds - now.milliseconds + 999) / 1000,
        members: [JSONMember("maintenance_window", .string("\(window.start.text) to \(window.end.text)"))])
    }
  }
#endif
