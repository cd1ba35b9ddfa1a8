public import DropoutEngine

extension Safetensors {
  /// The parameters of an experiment's learners as one file.
  ///
  /// Tensors are named `learner.0.layers.0.weight` and so on; a single learner's have no prefix.
  public init(learners: [NetworkParameters], metadata: [String: String]) {
    guard learners.count > 1 else {
      self.init(tensors: learners.flatMap { $0.tensors(prefix: "") }, metadata: metadata)
      return
    }
    self.init(
      tensors: learners.enumerated().flatMap { $1.tensors(prefix: "learner.\($0).") },
      metadata: metadata)
  }

  /// The parameters of the learners in the file, in order: one learner unless tensors are named
  /// `learner.N.…`.
  ///
  /// - Parameter names: the names of the layers in order; nil tells the order by names and shapes.
  /// - Returns: the parameters of each learner.
  /// - Throws: ``ExperimentFiles/SafetensorsError`` where a learner is missing, a tensor belongs to
  ///   none, or a learner's layers do not chain.
  public func learners(
    layers names: [String]? = nil
  ) throws(SafetensorsError) -> [NetworkParameters] {
    try readLearners(layers: names).learners
  }

  /// The learners, with remarks on how the file was read, a sentence each.
  ///
  /// - Throws: as ``learners(layers:)``.
  public func readLearners(
    layers names: [String]?, fitting fit: LayerFit = LayerFit()
  ) throws(SafetensorsError) -> (learners: [NetworkParameters], notes: [String]) {
    var tensorsByLearner: [Int: [Tensor]] = [:]
    var stray: String?
    for tensor in tensors {
      if let (learner, name) = Safetensors.learner(in: tensor.name) {
        tensorsByLearner[learner, default: []].append(
          Tensor(name: name, shape: tensor.shape, values: tensor.values))
      } else {
        stray = stray ?? tensor.name
      }
    }
    guard !tensorsByLearner.isEmpty else {
      let read = try NetworkParameters.read(self, layers: names, fitting: fit)
      return ([read.parameters], notes + read.notes)
    }
    if let stray { throw .noLearner(tensor: stray) }
    let numbers = tensorsByLearner.keys.sorted()
    for (place, number) in numbers.enumerated() where place != number {
      throw .missingLearner(place, learners: numbers)
    }
    var learners: [NetworkParameters] = []
    var remarks = notes
    for number in numbers {
      let read = try NetworkParameters.read(
        Safetensors(tensors: tensorsByLearner[number] ?? []), layers: names, fitting: fit)
      learners.append(read.parameters)
      if number == 0 { remarks += read.notes }
    }
    return (learners, remarks)
  }

  /// The number of the learner in a name such as `learner.3.layers.0.weight`, with the rest of the
  /// name; nil where there is none.
  private static func learner(in name: String) -> (number: Int, rest: String)? {
    let parts = name.split(separator: ".", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0] == "learner", let number = Int(parts[1]), number >= 0,
      // 00 and +0 are no other ways to write 0.
      parts[1] == "\(number)"
    else { return nil }
    return (number, String(parts[2]))
  }
}
