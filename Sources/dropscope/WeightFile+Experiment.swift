import DropoutEngine
import ExperimentFiles

extension WeightFile {
  /// The parameters that a weight file decides unless they are given.
  ///
  /// These are its layers and, if this program wrote it, activation functions, keep probabilities
  /// and the variant of its training.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - layers: the names of its layers in order; nil tells the order by names and shapes.
  ///   - given: the names of the given parameters, which win.
  /// - Returns: the assignments, as (name, value).
  /// - Throws: a failure where the file cannot be used.
  static func experiment(
    of path: String, layers: String?, given: Set<String>
  ) throws(CommandFailure) -> [(name: String, value: String)] {
    let contents = try read(path, layers: layers)
    let (learners, metadata) = (contents.learners, contents.metadata)
    guard learners.count == 1, let parameters = learners.first else {
      throw .badData(
        "\(ForeignText.path(path)): the file has the weights of \(learners.count) learners; "
          + "ensemble takes one network apart")
    }
    var decided: [(name: String, value: String)] = []
    if !given.contains("hidden") {
      let units = parameters.layers.dropLast().map(\.weights.rows)
      guard units.count <= 8, units.allSatisfy({ $0 <= 4096 }) else {
        throw .badData(
          "\(ForeignText.path(path)): the file has hidden layers of \(list(units)) units; there "
            + "can be 0 to 8 of at most 4096")
      }
      decided.append(("hidden", units.isEmpty ? "none" : list(units)))
    }
    guard metadata["program"]?.hasPrefix("dropscope ") ?? false else { return decided }
    for (name, other) in [("activation", nil), ("keep", "drop"), ("keep-input", "drop-input")] {
      guard let value = metadata[name], !value.isEmpty, !given.contains(name),
        !(other.map { given.contains($0) } ?? false)
      else { continue }
      decided.append((name, value))
    }
    if given.isDisjoint(with: dropoutNames) {
      decided += try dropout(of: metadata, path: path)
    }
    return decided
  }

  /// The parameters that decide the kind of dropout.
  private static let dropoutNames: Set<String> = [
    "variant", "scaling", "mask-pass", "mask-sharing", "dropout-noise", "test-pass",
  ]

  /// The variant and scaling under which a file's subnetworks are those of its training.
  ///
  /// Folded weights include the factors of the test pass. After classic dropout that is p, which
  /// the training factor 1/p of `inverted` undoes: (m a / p) (p W) = m a W.
  private static func dropout(
    of metadata: [String: String], path: String
  ) throws(CommandFailure) -> [(name: String, value: String)] {
    guard let variant = metadata["variant"], let scaling = metadata["scaling"] else { return [] }
    let isFolded = metadata["test-factors"]?.hasPrefix("folded") ?? false
    let known = Variant(rawValue: variant)
    let isKnown = known != nil
    // Where every unit is kept the factors are 1, and there is nothing to take out again.
    guard isFolded, !(known?.keepsEveryUnit ?? false) else {
      return isKnown ? [("variant", variant)] : [("scaling", scaling)]
    }
    guard let folded = Scaling(rawValue: scaling) else {
      return isKnown ? [("variant", variant)] : [("scaling", scaling)]
    }
    guard let unfolding = folded.unfolding else {
      throw .badData(
        "\(ForeignText.path(path)): the test factors of scaling \(ForeignText.shown(scaling)) are "
          + "folded into the weights, and no scaling takes them out again; write the weights with "
          + "train --export, or name a --scaling")
    }
    if unfolding == folded { return isKnown ? [("variant", variant)] : [("scaling", scaling)] }
    let masksWeights = known?.settings.noise.masksWeights ?? false
    return (masksWeights ? [("variant", variant)] : []) + [("scaling", unfolding.rawValue)]
  }

  private static func list(_ numbers: [Int]) -> String {
    numbers.map(String.init).joined(separator: ",")
  }
}
