import DropoutEngine
import ExperimentFiles
import Fuzzing
import RepeatableRandom

extension FuzzTarget {
  /// Weights as safetensors, of this program and of others.
  static let weights = FuzzTarget("weights", "weights in safetensors files") { _ in
    let samples = WeightSamples.all
    return FuzzReader(samples: samples, make: { WeightInput.make(samples, &$0) }) { bytes in
      let input = PartedInput(bytes)
      do {
        return try WeightInput.read(input.parts[0], isUsed: input.value("use") == "train")
      } catch let error as SafetensorsError {
        return .refused(error.description)
      }
    }
  }
}

/// Small files of weights.
enum WeightSamples {
  static let all: [[UInt8]] = {
    let parameters = network([2, 3, 1])
    return [
      parameters.tensors(metadata: ["program": "test", "variant": "inverted"]).bytes,
      Safetensors(learners: [parameters, network([2, 3, 1])], metadata: [:]).bytes,
      network([4, 5, 3, 2]).tensors(metadata: [:]).bytes,
      others([("fc1", [3, 2]), ("fc2", [2, 3])]),
      others([("0", [4, 2]), ("2", [4, 4]), ("4", [1, 4])]),
      file(
        #"{"dense/kernel":{"dtype":"F16","shape":[2,3],"data_offsets":[0,12]},"dense/bias":"#
          + #"{"dtype":"BF16","shape":[3],"data_offsets":[12,18]}}"#,
        [UInt8](repeating: 0x3C, count: 18)),
      file(
        #"{"a.weight":{"dtype":"F64","shape":[1,2],"data_offsets":[0,16]},"a.num_batches_tracked":"#
          + #"{"dtype":"I64","shape":[],"data_offsets":[16,24]}}"#,
        [UInt8](repeating: 0x3F, count: 24)),
      withNormalization,
    ]
  }()

  private static func network(_ sizes: [Int]) -> NetworkParameters {
    NetworkParameters(
      layers: zip(sizes, sizes.dropFirst()).map { inputs, units in
        LayerParameters(
          weights: Matrix(
            rows: units, columns: inputs, elements: (0..<units * inputs).map { Float($0) / 8 - 1 }),
          biases: [Float](repeating: 0.5, count: units))
      })
  }

  private static func others(_ layers: [(name: String, shape: [Int])]) -> [UInt8] {
    Safetensors(
      tensors: layers.flatMap { name, shape in
        [
          Safetensors.Tensor(
            name: "\(name).weight", shape: shape,
            values: [Float](repeating: 0.25, count: shape.reduce(1, *))),
          Safetensors.Tensor(
            name: "\(name).bias", shape: [shape[0]],
            values: [Float](repeating: 0, count: shape[0])),
        ]
      }
    ).bytes
  }

  private static var withNormalization: [UInt8] {
    let bn = ["weight", "bias", "running_mean", "running_var"].map { part in
      Safetensors.Tensor(name: "1.\(part)", shape: [3], values: [1, 2, 3])
    }
    return Safetensors(
      tensors: [
        Safetensors.Tensor(name: "0.weight", shape: [3, 2], values: [1, 2, 3, 4, 5, 6]),
        Safetensors.Tensor(name: "0.bias", shape: [3], values: [0, 0, 0]),
      ] + bn + [
        Safetensors.Tensor(name: "3.weight", shape: [2, 3], values: [1, 2, 3, 4, 5, 6]),
        Safetensors.Tensor(name: "3.bias", shape: [2], values: [0, 0]),
      ]
    ).bytes
  }

  private static func file(_ header: String, _ data: [UInt8]) -> [UInt8] {
    WeightInput.length(header.utf8.count) + Array(header.utf8) + data
  }
}

/// Files of weights that were changed; mostly with a length of the header that fits again.
enum WeightInput {
  private static let headers = Mutator(words: [
    "__metadata__", "dtype", "shape", "data_offsets", "F32", "F16", "BF16", "F64", "I64", "U8",
    "BOOL", "weight", "bias", "kernel", "learner.0.", "layers.0.weight", "running_mean",
    "running_var", "[]", "[2,3]", "null", "{}", "\"\"", "\\u0000", "\\ud800", "\u{1B}", "[0,0]",
    "lora_A.weight", "embedding.weight",
  ])
  private static let binary = Mutator(words: ["\u{0}"], isBinary: true)

  static func make(_ samples: [[UInt8]], _ random: inout Generator) -> [UInt8] {
    let sample = random.element(samples)
    let end = 8 + Int(sample[0]) + Int(sample[1]) << 8
    var header = Array(sample[8..<end])
    var data = Array(sample[end...])
    if random.int(below: 5) > 0 { headers.mutate(&header, &random) }
    if random.int(below: 3) == 0 { binary.mutate(&data, &random) }
    var file = length(header.count) + header + data
    if random.int(below: 5) == 0 { binary.mutate(&file, &random) }
    let isUsed = random.int(below: 8) == 0
    return PartedInput(settings: isUsed ? [("use", "train")] : [], parts: [file]).bytes
  }

  /// A length as the format has it in front.
  static func length(_ count: Int) -> [UInt8] {
    withUnsafeBytes(of: UInt64(count).littleEndian, Array.init)
  }

  static func read(_ bytes: [UInt8], isUsed: Bool) throws -> FuzzOutcome {
    // The header is looked at before the rest is read.
    let start = Array(bytes.prefix(OtherFormat.startLength))
    if let format = OtherFormat(start) { throw SafetensorsError.otherFormat(format) }
    let end = try Safetensors.headerSize(start, size: bytes.count)
    try Safetensors.checkHeader(Array(bytes.prefix(end)), size: bytes.count)
    let file = try Safetensors(bytes: bytes)
    let (learners, notes) = try file.readLearners(layers: nil)
    for note in file.notes + notes { try RefusalLine.check(note) }
    try FuzzFault.unless(
      learners.allSatisfy { !$0.layers.isEmpty }, "accepted weights are a network")
    if isUsed { try use(learners[0]) }
    return .accepted
  }

  /// Writes a network again, and trains it.
  private static func use(_ network: NetworkParameters) throws {
    let sizes = network.layers.map(\.biases.count)
    guard network.layers[0].weights.columns == 2, sizes.last == 2, sizes.allSatisfy({ $0 <= 64 }),
      sizes.count <= 8
    else { return }
    let again = try NetworkParameters(Safetensors(bytes: network.tensors(metadata: [:]).bytes))
    try FuzzFault.unless(again == network, "weights that are written are read as the same")
    var configuration = ExperimentConfiguration()
    (configuration.hidden, configuration.examples) = (Array(sizes.dropLast()), 24)
    do {
      let dataset = try BuiltInDataset.circle.generate(configuration)
      try LearnerGroup(configuration: configuration, dataset: dataset, initial: [network])
        .advance(steps: 2)
    } catch is NotFiniteError {
      return
    }
  }
}
