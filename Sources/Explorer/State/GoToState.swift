import DropoutEngine
public import TerminalCells

/// The moment that is typed after `g`.
public struct GoToState: Equatable, Sendable {
  /// The text and its cursor.
  public var field: TextField
  /// The suggestion that is chosen; nil while none is.
  public var choice: Int?
  /// Why the text was not understood; it stays for correction.
  public var error: String?

  /// Creates an empty one.
  public init() {
    field = TextField()
  }

  /// A moment that has a name.
  struct Place: Sendable {
    /// Its name.
    var name: String
    /// Where it is now, in words.
    var place: String
    /// The moment; nil where there is none now.
    var destination: TimelineDestination?
  }

  /// The moments whose names begin as the text does.
  func places(_ state: ExplorerState) -> [Place] {
    let text = field.text.lowercased()
    return GoToState.places(state).filter { text.isEmpty || $0.name.lowercased().hasPrefix(text) }
  }

  private static func places(_ state: ExplorerState) -> [Place] {
    let branch = state.snapshot.timeline.branch
    let step = state.snapshot.step
    let lowest = state.snapshot.measured.curves.filter { $0.testLoss.isFinite }
      .min { $0.testLoss < $1.testLoss }
    let calm = branch.goodStep
    let change = branch.journal.entries.last { $0.step < step }
    let next = branch.journal.entries.first { $0.step > step }
    return [
      Place(name: "start", place: "step 0", destination: .start),
      Place(
        name: "lowest test loss",
        place: lowest.map {
          "\(NumberText.fixed($0.testLoss, decimals: 4)) at step \($0.step), as far as measured"
        } ?? "not measured yet", destination: lowest.map { .step($0.step) }),
      Place(
        name: "last change",
        place: change.map { "step \($0.step): \($0.change.label)" } ?? "nothing was changed before",
        destination: change.map { _ in .lastChange }),
      Place(
        name: "next change",
        place: next.map { "step \($0.step): \($0.change.label)" } ?? "no change lies ahead",
        destination: next.map { .step($0.step) }),
      Place(
        name: "first NaN",
        place: branch.stop.map { "\($0.place) at step \($0.step): goes before it broke" }
          ?? branch.departure.map { "step \($0.goodStep): the loss leaves its range behind it" }
          ?? "no step was found not finite",
        destination: calm.map { _ in .stop }),
      Place(
        name: "before it broke",
        place: calm.map { "step \($0): the loss was within its range" }
          ?? "nothing broke on this branch", destination: calm.map { .step($0) }),
      Place(
        name: "end", place: "step \(max(branch.reached, step)), the last one so far",
        destination: .end),
    ]
  }

  /// The named moment that the text means, where this run has none of it.
  func absentPlace(_ state: ExplorerState) -> Place? {
    let places = places(state)
    let place =
      choice.flatMap { places.indices.contains($0) ? places[$0] : nil }
      ?? (field.text.isEmpty ? nil : places.first)
    return place?.destination == nil ? place : nil
  }

  /// The moment that the text means; nil where it means none.
  func destination(_ state: ExplorerState) -> TimelineDestination? {
    let places = places(state)
    if let choice, places.indices.contains(choice) { return places[choice].destination }
    let text = field.text.lowercased().filter { $0 != " " }
    let digits = text.filter { $0 != "," && $0 != "'" && $0 != "_" }
    for name in ["epoch", "e"] where digits.hasPrefix(name) {
      if let epoch = Int(digits.dropFirst(name.count)), epoch >= 0, epoch <= Self.most {
        return .epoch(epoch)
      }
    }
    if let number = Int(digits.hasPrefix("step") ? String(digits.dropFirst(4)) : digits) {
      guard abs(number) <= Self.most else { return nil }
      return digits.hasPrefix("+") || digits.hasPrefix("-") ? .steps(number) : .step(number)
    }
    return text.isEmpty ? nil : places.first?.destination
  }

  /// The largest number that is understood: more steps than anybody waits for.
  private static let most = 1_000_000_000_000
}
