/// The last steps before a training broke: how the loss went, and where the weights grew most.
public struct LossCourse: Equatable, Sendable {
  /// The loss of one minibatch.
  public struct Point: Equatable, Sendable {
    /// The number of updates before it.
    public var step: Int
    /// The mean masked loss.
    public var loss: Double
  }

  /// The growth of the weights into one unit, since the last weights with a loss in its range.
  public struct Growth: Equatable, Sendable {
    /// The layer, counted from 0; the last one is the output layer.
    public var layer: Int
    /// The number of hidden layers, to recognise the output layer.
    public var hiddenLayers: Int
    /// The unit, counted from 0.
    public var unit: Int
    /// The Euclidean norm of its weights then.
    public var before: Double
    /// The norm now.
    public var after: Double
  }

  /// The losses in the order of their steps.
  public var points: [Point]
  /// The unit whose weights grew most; nil where none grew.
  public var growth: Growth?
}

extension LossCourse: CustomStringConvertible {
  /// The losses that are said: the first two and the last two.
  private var saidPoints: [Point] {
    points.count <= 4 ? points : points.prefix(2) + points.suffix(2)
  }

  /// The losses in words, as in `The loss was 0.43 at step 1010, 21 at 1011 and 1.2e5 at 1026.`;
  /// empty where none is known.
  public var losses: String {
    let said = saidPoints
    guard let first = said.first, let last = said.last else { return "" }
    var text = "The loss was \(LossCourse.text(first.loss)) at step \(first.step)"
    for point in said.dropFirst().dropLast() {
      text += ", \(LossCourse.text(point.loss)) at \(point.step)"
    }
    if said.count > 1 { text += " and \(LossCourse.text(last.loss)) at \(last.step)" }
    return text + "."
  }

  /// The losses in few words, as in `loss 0.43, 21, 3e4, 1.2e5 at steps 1010 to 1026`; empty where
  /// none is known.
  public var brief: String {
    guard let first = points.first, let last = points.last else { return "" }
    let losses = saidPoints.map { LossCourse.text($0.loss) }.joined(separator: ", ")
    return points.count == 1
      ? "loss \(losses) at step \(first.step)"
      : "loss \(losses) at steps \(first.step) to \(last.step)"
  }

  /// The losses, and the unit whose weights grew most.
  public var description: String {
    [losses, growth?.description].compactMap(\.self).filter { !$0.isEmpty }.joined(separator: " ")
  }

  /// A number with few digits, as in `0.43`, `21` or `1.2e5`.
  static func text(_ value: Double) -> String {
    guard value.isFinite else { return "\(value)" }
    guard value >= 10_000 else {
      let scale = value < 10 ? 100.0 : 1
      return ParameterText.text((value * scale).rounded() / scale)
    }
    var (digits, exponent) = (value, 0)
    while digits >= 10 { (digits, exponent) = (digits / 10, exponent + 1) }
    return "\(ParameterText.text((digits * 10).rounded() / 10))e\(exponent)"
  }
}

extension LossCourse.Growth: CustomStringConvertible {
  /// The unit and its layer, as in `unit 3 of hidden layer 2`.
  public var place: String {
    let name = layer == hiddenLayers ? "the output layer" : "hidden layer \(layer + 1)"
    return "unit \(unit + 1) of \(name)"
  }

  /// The growth in words.
  public var description: String {
    "The weights into \(place) grew most: their norm went from \(LossCourse.text(before)) to "
      + "\(LossCourse.text(after))."
  }
}
