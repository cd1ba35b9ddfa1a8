/// How far a run is, with the time left, on one line of the standard error that is drawn over.
struct ProgressBar {
  private let total: Int
  private let noun: String?
  private let delay: Duration
  private let isShown: Bool
  private let clock = ContinuousClock()
  private let start: ContinuousClock.Instant
  private var drawn: ContinuousClock.Instant?

  /// A bar for `total` steps, or whatever `noun` says (nil: a share of `total` parts), that appears after a delay; one
  /// that is not shown costs nothing.
  init(
    total: Int, noun: String? = "step", after delay: Duration = .zero, isShown: Bool
  ) {
    self.total = total
    self.noun = noun
    self.delay = delay
    self.isShown = isShown
    start = clock.now
  }

  /// Draws the bar, at most five times a second, with a note behind it that is made only then.
  mutating func show(_ done: Int, note: @autoclosure () -> String = "") {
    guard isShown, done > 0, total > 0 else { return }
    let now = clock.now
    if let drawn, now - drawn < .milliseconds(200) { return }
    if now - start < delay { return }
    drawn = now
    let width = 30
    let full = done * width / total
    let bar = String(repeating: "#", count: full) + String(repeating: ".", count: width - full)
    let left = (now - start) / done * (total - done)
    let place = noun.map { "\($0) \(done) of \(total)" } ?? "\(done * 100 / total) %"
    let text = note()
    StandardError.write(
      "\r\(bar) \(place), \(left.components.seconds) s left\(text.isEmpty ? "" : ", " + text) \u{1B}[K"
    )
  }

  /// Takes the bar away.
  func clear() {
    if drawn != nil { StandardError.write("\r\u{1B}[K") }
  }
}
