/// How long the frames of a moving picture stay, in thousandths of a second.
public struct FrameTiming: Equatable, Sendable {
  /// The time of every frame but the last one.
  public let frame: Int
  /// The time of the last frame, after which the first one follows.
  public let last: Int

  /// Creates a timing; both times are at least 1.
  public init(frame: Int, last: Int) {
    precondition(frame > 0 && last > 0, "frames that stay \(frame) and \(last) ms")
    self.frame = frame
    self.last = last
  }

  /// The time of a whole round.
  func round(frames: Int) -> Int { max(0, frames - 1) * frame + last }

  /// The share of a round after which a frame appears, in percent with four decimals.
  func percent(before index: Int, of frames: Int) -> String {
    let parts = index * frame * 1_000_000 / round(frames: frames)
    let decimals = String(parts % 10_000)
    return "\(parts / 10_000)." + String(repeating: "0", count: 4 - decimals.count) + decimals + "%"
  }
}
