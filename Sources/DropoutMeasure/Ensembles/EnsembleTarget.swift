public import DropoutEngine

/// What should come out for the inputs of an ensemble.
public enum EnsembleTarget: Equatable, Sendable {
  /// A class, counted from 0.
  case classNumber(Int)
  /// Numbers, `[outputs]`.
  case values([Double])

  /// The target as numbers: 1 for the class and 0 for the others.
  func numbers(outputs: Int) -> [Double] {
    switch self {
    case .classNumber(let number): (0..<outputs).map { $0 == number ? 1 : 0 }
    case .values(let values): values
    }
  }
}

extension Dataset {
  /// The target of an example.
  public func ensembleTarget(of example: Int) -> EnsembleTarget {
    switch targets {
    case .classes(let classes): .classNumber(classes[example])
    case .values(let values): .values(values.row(example).map { Double($0) })
    }
  }
}
