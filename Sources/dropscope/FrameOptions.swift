import ArgumentParser
import Charts
import DropoutEngine

/// The options of a picture that moves.
struct FrameOptions: ParsableArguments {
  static let mostFrames = 600
  static let everyRange = 1...1_000_000_000
  static let secondsRange = 0.01...60.0

  @Option(
    help: ArgumentHelp(
      "The screens that are drawn one after the other, 1 to \(mostFrames); frame K is drawn after "
        + "--steps and K times --every; the first frame is 0.", valueName: "COUNT"))
  var frames = 1

  @Option(
    help: ArgumentHelp("The steps between two frames, at least 1.", valueName: "STEPS"))
  var every: Int?

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "Keys to press before a frame is drawn, as 12:s; may be given several times.",
      valueName: "FRAME:KEYS"))
  var then: [FrameKeys] = []

  @Option(
    help: ArgumentHelp(
      "The seconds that a frame of an svg stays, 0.01 to 60. Default: 0.2.", valueName: "SECONDS"))
  var frameTime: Double?

  @Option(
    help: ArgumentHelp(
      "The seconds that the last frame of an svg stays, 0.01 to 60. Default: 2.",
      valueName: "SECONDS"))
  var lastTime: Double?

  /// Refuses what does not fit together.
  func check(format: SnapshotCommand.Format) throws(CommandFailure) {
    guard (1...FrameOptions.mostFrames).contains(frames) else {
      throw .usage("--frames cannot be \(frames): it takes 1 to \(FrameOptions.mostFrames)")
    }
    if let every, !FrameOptions.everyRange.contains(every) {
      throw .usage(
        "--every cannot be \(every): it takes 1 to \(FrameOptions.everyRange.upperBound)")
    }
    if frames > 1, every == nil {
      throw .usage(
        "--frames \(frames) needs the steps between two frames: add --every STEPS, such as "
          + "--every 10")
    }
    if frames == 1, let every {
      throw .usage(
        "--every \(every) has no meaning for one frame: add --frames COUNT, or leave it out")
    }
    try checkThen()
    try check(frameTime, "--frame-time", format)
    try check(lastTime, "--last-time", format)
  }

  private func checkThen() throws(CommandFailure) {
    for press in then {
      guard press.frame > 0 else {
        throw .usage(
          "--then 0:\(ForeignText.shown(press.keys)) is before the first frame: "
            + "--keys presses these")
      }
      guard press.frame < frames else {
        throw .usage(
          "--then \(press.frame):\(ForeignText.shown(press.keys)) has no frame: "
            + (frames == 1
              ? "add --frames \(min(press.frame, FrameOptions.mostFrames - 1) + 1) or more"
              : "the last of \(frames) is \(frames - 1)"))
      }
      guard !press.keys.isEmpty else {
        throw .usage(
          "--then \(press.frame): presses no key: write the keys behind the colon, as "
            + "\(press.frame):s")
      }
    }
  }

  private func check(
    _ seconds: Double?, _ name: String, _ format: SnapshotCommand.Format
  ) throws(CommandFailure) {
    guard let seconds else { return }
    guard FrameOptions.secondsRange.contains(seconds) else {
      throw .usage("\(name) cannot be \(seconds): it takes 0.01 to 60 seconds")
    }
    guard format == .svg, frames > 1 else {
      throw .usage(
        "\(name) \(seconds) is of a picture that moves: add --format svg and --frames, or leave it "
          + "out")
    }
  }

  /// How long the frames stay.
  var timing: FrameTiming {
    FrameTiming(
      frame: Int(((frameTime ?? 0.2) * 1000).rounded()),
      last: Int(((lastTime ?? 2) * 1000).rounded()))
  }
}
