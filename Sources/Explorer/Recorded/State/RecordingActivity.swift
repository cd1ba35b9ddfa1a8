import DropoutEngine

/// Whether the training that writes a recording still runs, as far as is known.
public enum RecordingActivity: Equatable, Sendable {
  /// Its process is there; the seconds since it wrote last.
  case running(silent: Int)
  /// It closed the recording at a step.
  case ended(step: Int)
  /// An error ended it, or the looks at it, at a step.
  case failed(step: Int, why: String)
  /// The process is not on this machine; the seconds since the file was written.
  case gone(process: Int, silent: Int)
  /// Nothing says who writes a file without a header; the seconds since it was written.
  case unclaimed(silent: Int)
  /// The pipe sends; the seconds since it sent last.
  case piped(silent: Int)
  /// The pipe has ended, and the training had not closed the recording.
  case pipeEnded
  /// The recording is broken behind what is shown.
  case broken

  /// The seconds of silence after which the screen mentions it.
  public static let longSilence = 10

  /// The activity in a few words.
  var words: String {
    switch self {
    case .running(let silent), .piped(let silent):
      silent < Self.longSilence ? "running" : "running, silent \(Self.time(silent))"
    case .ended(let step): "ended at step \(step)"
    case .failed(let step, _): "failed at step \(step)"
    case .gone(_, let silent): "stopped, silent \(Self.time(silent))"
    case .unclaimed(let silent): "not written, silent \(Self.time(silent))"
    case .pipeEnded: "pipe ended"
    case .broken: "broken here"
    }
  }

  /// The activity in a sentence.
  var sentence: String {
    switch self {
    case .running(let silent):
      "The training runs"
        + (silent < Self.longSilence ? "." : "; nothing came for \(Self.time(silent)).")
    case .piped(let silent):
      silent < Self.longSilence
        ? "The pipe is open." : "The pipe sent nothing for \(Self.time(silent))."
    case .ended(let step): "The training ended at step \(step)."
    case .failed(let step, let why):
      "The recording ended with an error at step \(step): \(ForeignText.shown(why, limit: 400))."
    case .gone(let process, let silent):
      "The training did not close the recording: there is no process \(process) on this machine, "
        + "and nothing came for \(Self.time(silent))."
    case .unclaimed(let silent):
      "No training writes it, as far as can be told, and nothing came for \(Self.time(silent))."
    case .pipeEnded: "The pipe ended before the training closed the recording."
    case .broken: "The recording is broken behind this look."
    }
  }

  /// Whether more may come.
  public var isOpen: Bool {
    switch self {
    case .running, .piped: true
    case .ended, .failed, .gone, .unclaimed, .pipeEnded, .broken: false
    }
  }

  private static func time(_ seconds: Int) -> String {
    switch seconds {
    case ..<100: "\(seconds) s"
    case ..<6000: "\(seconds / 60) min"
    case ..<360_000: "\(seconds / 3600) h"
    default: "\(seconds / 86400) days"
    }
  }
}
