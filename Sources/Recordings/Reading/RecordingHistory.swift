/// The course of a training, for curves: some looks, evenly spread, and the newest one.
///
/// However many looks and layers there are, it keeps at most ``mostNumbers`` numbers: where it is
/// full, each second look goes, and from there on only each second one is taken.
public struct RecordingHistory: Equatable, Sendable {
  /// The most numbers of layers that are kept.
  public static let mostNumbers = 1 << 20

  /// A look of the course.
  public struct Point: Equatable, Sendable {
    /// The person's steps.
    public var step: Int
    /// The losses.
    public var losses: RecordedLosses
  }

  /// The looks, the oldest one first.
  public private(set) var points: [Point] = []
  private let layers: Int
  private let most: Int
  private var stride = 1
  private var taken = 0
  private var endsWithExtra = false
  private var divergence: [Float] = []
  private var floor: [Float] = []

  /// Creates the empty course of a model with a number of layers.
  public init(layers: Int) {
    self.layers = layers
    most = max(8, min(1024, Self.mostNumbers / max(1, layers)))
  }

  /// The divergence of a layer at each point; not a number where it was not measured.
  public func divergence(of layer: Int) -> [Double] { column(layer, of: divergence) }

  /// The floor of the divergence of a layer at each point.
  public func floor(of layer: Int) -> [Double] { column(layer, of: floor) }

  private func column(_ layer: Int, of numbers: [Float]) -> [Double] {
    guard layer >= 0, layer < layers else { return points.map { _ in .nan } }
    return points.indices.map { Double(numbers[$0 * layers + layer]) }
  }

  /// Takes the next look.
  mutating func append(_ look: RecordedLook) {
    if endsWithExtra { removeLast() }
    endsWithExtra = taken % stride != 0
    taken += 1
    points.append(Point(step: look.step, losses: look.losses))
    divergence += look.divergence.lazy.map { Float($0 ?? .nan) }
    floor += look.floor.lazy.map { Float($0 ?? .nan) }
    if points.count > most { thin() }
  }

  private mutating func removeLast() {
    points.removeLast()
    divergence.removeLast(layers)
    floor.removeLast(layers)
  }

  /// Keeps each second look; the newest one stays.
  private mutating func thin() {
    let isLastKept = (points.count - 1) % 2 == 0 && !endsWithExtra
    let kept = points.indices.filter { $0 % 2 == 0 || $0 == points.count - 1 }
    points = kept.map { points[$0] }
    divergence = kept.flatMap { divergence[$0 * layers..<($0 + 1) * layers] }
    floor = kept.flatMap { floor[$0 * layers..<($0 + 1) * layers] }
    endsWithExtra = !isLastKept
    stride *= 2
  }
}
