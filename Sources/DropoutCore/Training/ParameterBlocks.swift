/// The parameters and the optimizer's state, twice: as they are, and as the next step leaves them.
///
/// A step reads one side and writes the other; it is taken by swapping them. So the last good weights are
/// there when a step turns out not to be finite.
final class ParameterBlocks {
  let layout: NetworkLayout
  /// The blocks of the optimizer's state: 0, 1 (velocity or square) or 2 (mean and square).
  let stateCount: Int
  private var sides: (FloatStorage, FloatStorage)

  init(layout: NetworkLayout, optimizer: Optimizer) {
    self.layout = layout
    stateCount = optimizer.stateNames.count
    let count = layout.count * (1 + stateCount)
    sides = (FloatStorage(count: count), FloatStorage(count: count))
  }

  /// The parameters as they are.
  var current: UnsafeMutablePointer<Float> { sides.0.base }
  /// The parameters as the next step leaves them.
  var next: UnsafeMutablePointer<Float> { sides.1.base }
  /// The floats of one side, state included.
  var count: Int { sides.0.count }

  /// The state block `index` as it is; nil where the optimizer has none.
  func state(_ index: Int) -> UnsafeMutablePointer<Float>? {
    index < stateCount ? current + layout.count * (1 + index) : nil
  }

  /// The state block `index` as the next step leaves it; nil where the optimizer has none.
  func nextState(_ index: Int) -> UnsafeMutablePointer<Float>? {
    index < stateCount ? next + layout.count * (1 + index) : nil
  }

  /// Makes the next parameters the current ones.
  func commit() {
    sides = (sides.1, sides.0)
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
