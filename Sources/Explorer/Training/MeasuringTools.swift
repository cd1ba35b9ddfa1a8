import DropoutEngine
import DropoutMeasure

/// The tools that an experiment is measured with; a measurer belongs to one thread, so each thread
/// has its own.
final class MeasuringTools {
  /// The data of the experiment.
  let dataset: Dataset
  /// The measurer.
  let measurer: Measurer
  private var planes: [Int: Matrix] = [:]
  private var kept: [ObjectIdentifier: Measured<any Sendable>] = [:]

  init(dataset: Dataset, kernels: KernelPath) {
    self.dataset = dataset
    measurer = Measurer(dataset: dataset, kernels: kernels)
  }

  /// A measurement that depends on nothing but the network of a request: it is made once for a
  /// step.
  func once<Value: Sendable>(for request: SubjectRequest, _ measure: () -> Value) -> Value {
    let (step, generation) = (request.watched.step, request.watched.generation)
    if let last = kept[ObjectIdentifier(Value.self)], last.step == step,
      last.generation == generation, let value = last.value as? Value
    {
      return value
    }
    let value = measure()
    kept[ObjectIdentifier(Value.self)] = Measured(step: step, generation: generation, value: value)
    return value
  }

  /// The scaled inputs of the middle of each cell of a map with that many columns and rows, the
  /// upper left one first; nil where the data have no plane.
  func planeInputs(side: Int) -> Matrix? {
    if let inputs = planes[side] { return inputs }
    guard let plane = dataset.plane else { return nil }
    func middle(_ range: ClosedRange<Float>, _ index: Int) -> Float {
      range.lowerBound + (range.upperBound - range.lowerBound) * (Float(index) + 0.5) / Float(side)
    }
    var elements: [Float] = []
    elements.reserveCapacity(side * side * dataset.inputCount)
    for row in 0..<side {
      let y = middle(plane.yRange, side - 1 - row)
      for column in 0..<side {
        elements += dataset.inputs(atPlanePoint: middle(plane.xRange, column), y)
      }
    }
    let inputs = Matrix(rows: side * side, columns: dataset.inputCount, elements: elements)
    planes[side] = inputs
    return inputs
  }
}
