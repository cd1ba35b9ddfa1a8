public import DropoutEngine

/// A place on the way of a long journey: what is to be saved of it.
public struct PlaceOnTheWay: Equatable, Sendable {
  /// The run, and where on it the journey is.
  public var timeline: TimelineOutline
  /// The fingerprint of the weights there.
  public var fingerprint: Fingerprint
}

/// Decides when a long journey is shown, and when its place is taken down.
struct TravelLog {
  private let begun: ContinuousClock.Instant
  private var told: ContinuousClock.Instant
  private var due: ContinuousClock.Instant
  private var place: PlaceOnTheWay?

  /// Begins with a journey.
  init(_ begun: ContinuousClock.Instant) {
    (self.begun, told, due) = (begun, begun, begun)
  }

  /// The last place to be shown now; nil while nothing is to be shown.
  ///
  /// The fingerprint of a large network takes long: it may have a tenth of the time.
  mutating func place(
    of training: SteeredTraining, at now: ContinuousClock.Instant
  ) -> PlaceOnTheWay? {
    guard now - begun >= TrainingThread.patience, now - told >= TrainingThread.frame else {
      return nil
    }
    told = now
    if place == nil || now >= due {
      place = PlaceOnTheWay(
        timeline: TimelineOutline(training.timeline), fingerprint: training.group.fingerprint)
      let end = ContinuousClock.now
      due = end + max(TrainingThread.frame, (end - now) * 10)
    }
    return place
  }
}
