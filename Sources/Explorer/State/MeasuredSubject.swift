/// Something that a person looks at closely: what is measured of it beside the training, and how.
///
/// Each view brings its own, in its folder.
protocol CloseSubject: Equatable, Sendable {
  /// The result of measuring it.
  associatedtype Measurement: Sendable

  /// Whether it lies over a view; the view then keeps its own subject.
  static var liesOverView: Bool { get }

  /// The example that is watched for it, until a person chooses one.
  var telling: TellingExample { get }

  /// Measures it.
  ///
  /// - Parameters:
  ///   - request: the network and the step that are looked at.
  ///   - tools: the tools that they are measured with.
  ///   - progress: takes the share of a long measurement that is done, and ends it by returning
  ///     false.
  ///   - publish: takes the measurement, more than once where parts of it take longer than
  ///     others.
  func measure(
    _ request: SubjectRequest, with tools: MeasuringTools, progress: (Double) -> Bool,
    publish: (Measurement) -> Void)
}

extension CloseSubject {
  static var liesOverView: Bool { false }
  var telling: TellingExample { .sums }

  fileprivate func isSame(as other: any CloseSubject) -> Bool { (other as? Self) == self }

  fileprivate func measureAny(
    _ request: SubjectRequest, with tools: MeasuringTools, progress: (Double) -> Bool,
    publish: (any Sendable) -> Void
  ) {
    measure(request, with: tools, progress: progress) { publish($0) }
  }
}

/// A subject of any kind that a person looks at closely.
public struct MeasuredSubject: Equatable, Sendable {
  private let subject: (any CloseSubject)?

  /// Nothing beyond what is always measured.
  public static let live = MeasuredSubject(subject: nil)

  private init(subject: (any CloseSubject)?) {
    self.subject = subject
  }

  init(_ subject: any CloseSubject) {
    self.init(subject: subject)
  }

  /// Whether it lies over a view; the view then keeps its own subject.
  var liesOverView: Bool { subject.map { type(of: $0).liesOverView } ?? false }

  /// The example that is watched for it, until a person chooses one.
  var telling: TellingExample { subject?.telling ?? .sums }

  /// Measures it.
  func measure(
    _ request: SubjectRequest, with tools: MeasuringTools, progress: (Double) -> Bool,
    publish: (any Sendable) -> Void
  ) {
    subject?.measureAny(request, with: tools, progress: progress, publish: publish)
  }

  /// Whether both are the same subject.
  public static func == (first: MeasuredSubject, second: MeasuredSubject) -> Bool {
    guard let mine = first.subject, let other = second.subject else {
      return first.subject == nil && second.subject == nil
    }
    return mine.isSame(as: other)
  }
}

extension ExplorerState {
  /// The subject that this view, or the list of variants that lies over it, needs measured.
  var subject: MeasuredSubject {
    if case .variants = overlay { return .variants }
    return view.subject(self)
  }

  /// Requests the view's measurements, if they have changed.
  mutating func lookAtSubject() -> [Effect] {
    guard subject != sentSubject else { return [] }
    sentSubject = subject
    return send(.look(at: subject, of: snapshot.experiment.start))
  }
}
