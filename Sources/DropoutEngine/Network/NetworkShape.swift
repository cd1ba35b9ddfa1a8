/// The sizes of a dense network: inputs, hidden layers, outputs.
public struct NetworkShape: Equatable, Hashable, Sendable {
  /// The number of inputs, at least 1.
  public var inputs: Int
  /// The units of each hidden layer, from the input up; may be empty.
  public var hidden: [Int]
  /// The number of outputs, at least 1.
  public var outputs: Int

  /// Creates a shape.
  public init(inputs: Int, hidden: [Int], outputs: Int) {
    self.inputs = inputs
    self.hidden = hidden
    self.outputs = outputs
  }

  /// The number of layers that have weights: the hidden ones and the output layer.
  public var layerCount: Int { hidden.count + 1 }

  /// The units of layer `layer`: 0 is the first hidden layer, `hidden.count` the output layer.
  public func units(of layer: Int) -> Int {
    layer == hidden.count ? outputs : hidden[layer]
  }

  /// The number of values that layer `layer` receives.
  public func inputs(of layer: Int) -> Int { count(of: .source(of: layer)) }

  /// The number of units of a layer of units.
  public func count(of units: UnitLayer) -> Int { units.layer.map(self.units(of:)) ?? inputs }

  /// Whether this hidden unit exists.
  func hasHiddenUnit(_ address: UnitAddress) -> Bool {
    hidden.indices.contains(address.layer) && (0..<hidden[address.layer]).contains(address.unit)
  }

  /// The sizes joined by hyphens, as in `2-12-12-2`.
  public var description: String {
    ([inputs] + hidden + [outputs]).map(String.init).joined(separator: "-")
  }
}
