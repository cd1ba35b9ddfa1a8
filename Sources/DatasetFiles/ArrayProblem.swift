import DropoutEngine

/// IDX images or labels that cannot be used.
public enum ArrayProblem: Equatable, Sendable {
  /// The header ends in the middle.
  case headerEnds
  /// The values are of a type that the format does not have.
  case wrongType(Int)
  /// A value is too large, or no number.
  case wrongNumber(Double, most: Double)
  /// A label, of the example counted from 1, is no class.
  case wrongLabel(Double, example: Int, most: Int)
  /// The images of the test part have values of another type.
  case typesDiffer(trainingPath: String)
  /// The number of dimensions fits neither images nor labels.
  case wrongDimensions(Int, Role)
  /// A dimension, counted from 0, is 0.
  case zeroDimension(Int)
  /// The array is too large to read.
  case arrayTooLarge(shape: [Int])
  /// The values end in the middle.
  case endsEarly(shape: [Int], bytes: Int)
  /// Bytes follow the values.
  case bytesFollow(shape: [Int], bytes: Int)
  /// The images have more values than a network may have inputs.
  case imageTooLarge(inputs: Int)
  /// The images of the test part have another size.
  case imagesDiffer(inputs: Int, training: Int, trainingPath: String)
  /// No file of labels is named, and none is found.
  case noLabels(lookedFor: String)
  /// The numbers of labels and of images differ.
  case labelsDiffer(labels: Int, images: Int, imagePath: String)
  /// All labels are the same.
  case oneLabel(Int)

  /// The use of an array.
  public enum Role: Equatable, Sendable {
    /// Either use.
    case any
    /// The array should be of images.
    case images
    /// The array should be of labels.
    case labels
  }
}

extension ArrayProblem: CustomStringConvertible {
  /// The value found, and the remedy.
  public var description: String {
    switch self {
    case .headerEnds: "the IDX header ends too early"
    case .wrongType(let type):
      "the IDX type is \(type); 8, 9, 11, 12, 13 and 14 are known (whole numbers of 1, 2 and 4 "
        + "bytes, floats, doubles)"
    case .wrongNumber(let number, let most):
      "the value \(number) stands there; a number of at most \(most) in size is needed"
    case .wrongLabel(let number, let example, let most):
      "the label of example \(example) is \(number); a whole number from 0 to \(most) is needed"
    case .typesDiffer(let path):
      "its values are of another type than those of \(ForeignText.path(path)); both files need the "
        + "same one"
    case .wrongDimensions(let count, let role): role.words(count)
    case .zeroDimension(let index): "dimension \(index + 1) is 0"
    case .arrayTooLarge(let shape): "the dimensions \(shape) are more than can be read"
    case .endsEarly(let shape, let bytes):
      "the file ends here, but its dimensions \(shape) need \(bytes) bytes; copy it again"
    case .bytesFollow(let shape, let bytes):
      "\(bytes) bytes follow the values that dimensions \(shape) need"
    case .imageTooLarge(let inputs):
      "an image has \(inputs) values; a network takes at most \(ImageFiles.mostInputs) inputs"
    case .imagesDiffer(let inputs, let training, let path):
      "its images have \(inputs) values, those of \(ForeignText.path(path)) have \(training)"
    case .noLabels(let path):
      "there are no labels beside it (\(ForeignText.shown(path, limit: 80)), plain or .gz); "
        + "name them with --labels"
    case .labelsDiffer(let labels, let images, let path):
      "has \(labels) labels, but \(ForeignText.path(path)) has \(images) images"
    case .oneLabel(let label): "all labels are \(label); two classes are needed"
    }
  }
}

extension ArrayProblem.Role {
  fileprivate func words(_ dimensions: Int) -> String {
    switch self {
    case .any: "there are \(dimensions) dimensions; labels have 1 or 2, images 3"
    case .images: "has \(dimensions) dimension, as labels have; --data takes the images"
    case .labels: "has \(dimensions) dimensions; labels have 1 or 2"
    }
  }
}
