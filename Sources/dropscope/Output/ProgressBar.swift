import DropoutEngine

/// The progress of a run, with the time left, on one line of the standard error that is drawn over.
struct ProgressBar {
  private let total: Int
  private let noun: String?
  private let title: String?
  private let delay: Duration
  private let isShown: Bool
  private let clock = ContinuousClock()
  private let start: ContinuousClock.Instant
  private var drawn: ContinuousClock.Instant?

  /// A bar for `total` steps, or another `noun` (nil: a share of `total` parts), that appears after
  /// a delay, with a title.
  ///
  /// A bar that is not shown costs nothing.
  init(
    total: Int, noun: String? = "step", title: String? = nil, after delay: Duration = .zero,
    isShown: Bool
  ) {
    self.total = total
    self.noun = noun
    self.title = title
    self.delay = delay
    self.isShown = isShown
    start = clock.now
  }

  /// Draws the bar, at most five times a second.
  ///
  /// - Parameters:
  ///   - done: the number of finished steps.
  ///   - begun: the finished parts of the steps under way, in steps.
  ///   - note: the text after the bar, computed only when it is drawn.
  mutating func show(_ done: Int, begun: Double = 0, note: @autoclosure () -> String = "") {
    guard isShown, done >= 0, total > 0 else { return }
    let now = clock.now
    if let drawn, now - drawn < .milliseconds(200) { return }
    if now - start < delay { return }
    drawn = now
    let note = note()
    let text = text(done, begun: begun, after: now - start) + (note.isEmpty ? "" : ", " + note)
    StandardError.write("\r\(text) \u{1B}[K")
  }

  /// The line; it names no time left until there is something to estimate it from.
  func text(_ done: Int, begun: Double = 0, after elapsed: Duration) -> String {
    // A line that wraps could not be drawn over.
    let title = title.map { $0.count > 40 ? $0.prefix(39) + "…" : $0 }
    if noun == nil, done == 0, let title { return "\(title) …" }
    let width = 30
    let share = min(1, (Double(done) + begun) / Double(total))
    let full = Int(nearest: (share * Double(width)).rounded(.down), in: 0...width)
    let bar = String(repeating: "#", count: full) + String(repeating: ".", count: width - full)
    let place = noun.map { "\($0) \(done) of \(total)" } ?? "\(done * 100 / total) %"
    // The first steps may be slower, so a small finished part foretells nothing.
    let left =
      done == 0 && share < 0.01
      ? "" : ", \((elapsed * ((1 - share) / share)).components.seconds) s left"
    return bar + " " + (title.map { $0 + " " } ?? "") + place + left
  }

  /// Removes the bar; the next ``show(_:note:)`` draws it again.
  mutating func clear() {
    guard drawn != nil else { return }
    drawn = nil
    StandardError.write("\r\u{1B}[K")
  }
}
