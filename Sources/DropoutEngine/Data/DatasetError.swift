/// A dataset that cannot be trained on.
public enum DatasetError: Error, Equatable, Sendable {
  /// All examples have the same class.
  case oneClassOnly(name: String)
  /// The training part would have no example.
  case noTrainingExamples(examples: Int, testFraction: Double)
  /// The inputs do not fill the image that was asked for.
  case imageDoesNotFit(height: Int, width: Int, inputs: Int)
  /// A value, scaled as the training part is, is no finite number; `option` turns scaling off.
  case outOfReach(name: String, value: Double, offset: Double, divisor: Double, option: String)
}

extension DatasetError: CustomStringConvertible {
  /// One line: the fault with its values, and the remedy.
  public var description: String {
    switch self {
    case .oneClassOnly(let name):
      "\(ForeignText.shown(name)): all examples have the same class; at least two classes are "
        + "needed (more examples, or another target, give them)"
    case .noTrainingExamples(let examples, let testFraction):
      "\(examples) examples with a test fraction of \(testFraction) leave none to train on; "
        + "at least 2 examples and a smaller --test-fraction are needed"
    case .imageDoesNotFit(let height, let width, let inputs):
      "an image of \(height)x\(width) has "
        + "\(height.multipliedReportingOverflow(by: width).partialValue) pixels, but there are "
        + "\(inputs) inputs; --image needs a height and a width whose product is \(inputs), or none"
    case .outOfReach(let name, let value, let offset, let divisor, let option):
      "'\(ForeignText.shown(name, limit: 40))' is \(Float(value)) in an example, too far from the "
        + "training part to be scaled as that is (less \(Float(offset)), divided by "
        + "\(Float(divisor))): correct the value, or take --\(option) none"
    }
  }
}
