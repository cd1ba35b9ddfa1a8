/// The network that the layers of a file are for, as far as it is known.
public struct LayerFit: Equatable, Sendable {
  /// The number of inputs; nil where it is not known.
  public var inputs: Int?
  /// The number of outputs; nil where it is not known.
  public var outputs: Int?
  /// The units of each hidden layer; nil where they are not known.
  public var hidden: [Int]?

  /// Creates a description.
  public init(inputs: Int? = nil, outputs: Int? = nil, hidden: [Int]? = nil) {
    self.inputs = inputs
    self.outputs = outputs
    self.hidden = hidden
  }
}
