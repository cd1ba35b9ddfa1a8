/// The parameters and the optimizer's state, twice: as they are, and as the next step leaves them.
///
/// A step reads one side and writes the other; it is taken by swapping them. So the last good weights are
/// there when a step turns out not to be finite.
package final class ParameterBlocks {
  package let layout: NetworkLayout
  /// The blocks of the optimizer's state: 0, 1 (velocity or square) or 2 (mean and square).
  package let stateCount: Int
  /// The floats of one side, state included.
  package let count: Int
  /// The parameters as they are.
  package private(set) var current: UnsafeMutablePointer<Float>
  /// The parameters as the next step leaves them.
  package private(set) var next: UnsafeMutablePointer<Float>
  private let storage: (FloatStorage, FloatStorage)
  /// The parameters as they are, without the optimizer's state.
  package var parameters: UnsafeBufferPointer<Float> {
    UnsafeBufferPointer(start: current, count: layout.count)
  }

  package init(layout: NetworkLayout, optimizer: Optimizer) {
    self.layout = layout
    stateCount = optimizer.stateNames.count
    count = ParameterBlocks.count(layout, optimizer: optimizer)
    storage = (FloatStorage(count: count), FloatStorage(count: count))
    current = storage.0.base
    next = storage.1.base
  }

  /// The floats of one side, state included, of a network under an optimizer.
  static func count(_ layout: NetworkLayout, optimizer: Optimizer) -> Int {
    layout.count * (1 + optimizer.stateNames.count)
  }

  /// The state block `index` as it is; nil where the optimizer has none.
  package func state(_ index: Int) -> UnsafeMutablePointer<Float>? {
    index < stateCount ? current + layout.count * (1 + index) : nil
  }

  /// The state block `index` as the next step leaves it; nil where the optimizer has none.
  package func nextState(_ index: Int) -> UnsafeMutablePointer<Float>? {
    index < stateCount ? next + layout.count * (1 + index) : nil
  }

  /// Makes the next parameters the current ones.
  package func commit() {
    let last = current
    current = next
    next = last
  }
}

extension Optimizer {
  /// The names of its state, as the trace writes them.
  var stateNames: [String] {
    switch self {
    case .sgd: []
    case .momentum, .nesterov: ["velocity"]
    case .rmsprop: ["square"]
    case .adam: ["mean", "square"]
    }
  }
}
