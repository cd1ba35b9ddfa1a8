/// A setting with one value for all layers, or one for each.
public struct PerLayer<Value: Equatable & Sendable>: Equatable, Sendable {
  /// One value for all layers, or one for each layer in order; never empty.
  public let values: [Value]

  /// Creates a setting that all layers share.
  public init(_ value: Value) {
    values = [value]
  }

  /// Creates a setting from one value, or one for each layer.
  ///
  /// - Precondition: there is at least one value.
  public init(values: [Value]) {
    precondition(!values.isEmpty, "a setting by layer needs at least one value")
    self.values = values
  }

  /// Whether all layers share one value.
  public var isUniform: Bool { values.count == 1 }

  /// The value for a layer, counted from 0.
  public subscript(layer: Int) -> Value {
    values.count == 1 ? values[0] : values[layer]
  }

  /// The values written out for `count` layers.
  public func expanded(to count: Int) -> [Value] {
    (0..<count).map { self[$0] }
  }

  /// The same setting with the value of one of `count` layers changed.
  public func setting(_ value: Value, at layer: Int, of count: Int) -> PerLayer {
    var all = expanded(to: count)
    all[layer] = value
    return all.allSatisfy { $0 == all[0] } ? PerLayer(all[0]) : PerLayer(values: all)
  }
}
