import DropoutEngine

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Images and labels in IDX files.
enum ImageFiles {
  /// Images with their labels.
  struct Part {
    /// The sizes of the dimensions in the file; the first one counts its images.
    var shape: [Int]
    /// The pixels of the images in use.
    var pixels: Dataset.Values
    /// The label of each image in use.
    var labels: [Int]
    /// The different labels of the whole file, in ascending order.
    var classes: [Int]
    var labelPath: String
    /// The numbers that the file has for each label; the first one is the class.
    var labelColumns: Int
    /// Whether the place of the one 1 among these numbers is the class instead.
    var isOneHot: Bool

    /// The number of examples.
    var count: Int { labels.count }
    /// The values of one image.
    var inputs: Int { shape.dropFirst().reduce(1, *) }
    /// The bytes of all pixels.
    var bytes: Int {
      switch pixels {
      case .numbers(let numbers): numbers.count * MemoryLayout<Float>.size
      case .bytes(let bytes): bytes.count
      }
    }
  }

  /// The largest number of inputs of a network.
  static let mostInputs = 65_536

  /// Checks the dimensions of images before they are read.
  static func checkImages(_ shape: [Int], path: String) throws(DatasetFileError) {
    guard shape.count >= 2 else {
      throw DatasetFileError(path, .byte(3), .array(.wrongDimensions(1, .images)))
    }
    let inputs = shape.dropFirst().reduce(1, *)
    guard inputs <= mostInputs else {
      throw DatasetFileError(path, .byte(8), .array(.imageTooLarge(inputs: inputs)))
    }
  }

  /// Reads images, and the labels that are named or found beside them.
  static func read(
    _ bytes: consuming [UInt8], path: String, labels: String?, limit: Int?,
    within memory: FreeMemory
  ) throws(DatasetFileError) -> Part {
    let memory = memory.beside(bytes.count)
    var images = try IDXArray(bytes, path: path)
    try checkImages(images.shape, path: path)
    let labelPath = if let labels { labels } else { try foundLabels(beside: path) }
    let labelArray = try IDXArray(
      try DatasetFiles.contents(of: labelPath, within: memory) { (shape) throws(DatasetFileError) in
        try checkLabels(shape, path: labelPath, images: images.shape[0], imagePath: path)
      }, path: labelPath)
    try checkLabels(labelArray.shape, path: labelPath, images: images.shape[0], imagePath: path)
    let most = TargetColumn.mostClasses - 1
    let ones = labelArray.placesOfOnes
    let all: [Int]
    if let ones {
      all = ones
    } else {
      all = try labelArray.wholeNumbers(most: most, path: labelPath)
    }
    if let limit {
      images.limit(to: limit)
    }
    let isLimited = limit.map { $0 < all.count } ?? false
    return Part(
      shape: images.shape, pixels: images.values,
      labels: isLimited ? Array(all.prefix(limit ?? all.count)) : all, classes: Set(all).sorted(),
      labelPath: labelPath, labelColumns: labelArray.shape.dropFirst().reduce(1, *),
      isOneHot: ones != nil)
  }

  private static func checkLabels(
    _ shape: [Int], path: String, images: Int, imagePath: String
  ) throws(DatasetFileError) {
    guard shape.count <= 2 else {
      throw DatasetFileError(path, .byte(3), .array(.wrongDimensions(shape.count, .labels)))
    }
    guard shape[0] == images else {
      throw DatasetFileError(
        path, .byte(4),
        .array(.labelsDiffer(labels: shape[0], images: images, imagePath: imagePath)))
    }
  }

  /// The labels beside images, by name: `images-idx3-ubyte` becomes `labels-idx1-ubyte`,
  /// `labels-idx2-ubyte`, or `labels-idx2-int` as QMNIST has it, with or without `.gz`.
  ///
  /// Images of `idx2` and `idx4` have labels of the same names.
  private static func foundLabels(beside path: String) throws(DatasetFileError) -> String {
    let url = URL(fileURLWithPath: path)
    var name = url.lastPathComponent
    if name.hasSuffix(".gz") { name = String(name.dropLast(3)) }
    let named = name.replacing("images", with: "labels")
    // The number counts the dimensions of the file; images and labels may have any.
    let kinds = ["idx2", "idx3", "idx4"]
    let labels = kinds.reduce(named) { $0.replacing($1, with: "idx1") }
    let several = labels.replacing("idx1", with: "idx2")
    let wide = several.replacing("idx2-ubyte", with: "idx2-int")
    let folder = url.deletingLastPathComponent()
    let candidates = [labels, several, wide].flatMap { [$0, $0 + ".gz"] }
      .map { folder.appendingPathComponent($0).path }
    guard labels != name, let found = candidates.first(where: FileManager.default.fileExists) else {
      throw DatasetFileError(path, .array(.noLabels(lookedFor: labels)))
    }
    return found
  }

  /// Images before they are split, with the images of a separate test part.
  static func contents(
    _ training: consuming Part, path: String, test: (part: Part, path: String)?
  ) throws(DatasetFileError) -> DatasetContents {
    guard Set(training.labels).count >= 2 else {
      throw DatasetFileError(
        training.labelPath, .array(.oneLabel(training.labels.first ?? 0)))
    }
    var classes = training.labels
    if let test {
      guard test.part.inputs == training.inputs else {
        throw DatasetFileError(
          test.path, .byte(8),
          .array(
            .imagesDiffer(
              inputs: test.part.inputs, training: training.inputs, trainingPath: path)))
      }
      try training.append(test.part.pixels, path: test.path, trainingPath: path)
      classes += test.part.labels
    }
    let shape = training.shape
    let looksLike =
      shape.count == 3 ? ImageShape(height: shape[1], width: shape[2]) : nil
    // A network needs no output for a label that no example has, such as 0 where they start at 1.
    let labels = Set(training.classes + (test?.part.classes ?? [])).sorted()
    let indices = Dictionary(uniqueKeysWithValues: zip(labels, labels.indices))
    let names = labels.map { "\($0)" }
    return DatasetContents(
      path: path, inputNames: ImageFiles.inputNames(shape, inputs: training.inputs),
      values: training.pixels, targets: .classes(classes.map { indices[$0, default: 0] }),
      classNames: names, outputNames: names, looksLike: looksLike,
      notes: notes(training, labels: labels), trainingCount: training.labels.count,
      testCount: test?.part.count)
  }

  private static func notes(_ part: Part, labels: [Int]) -> [String] {
    var notes: [String] = []
    let (first, last) = (labels[0], labels[labels.count - 1])
    if first > 0 { notes.append("labels start at \(first), so there is no class below it") }
    if last - first >= labels.count {
      let missing = Set(first...last).subtracting(labels).sorted()
      notes.append(
        "no example has the \(missing.count == 1 ? "label" : "labels") "
          + missing.prefix(8).map { "\($0)" }.joined(separator: ", ")
          + (missing.count > 8 ? ", …" : "") + ", so there are \(labels.count) classes")
    }
    if part.labelColumns > 1 {
      notes.append(
        part.isOneHot
          ? "labels are one-hot in \(part.labelColumns) columns"
          : "the first of \(part.labelColumns) numbers of each label is its class")
    }
    if part.shape.count > 3 {
      notes.append(
        "an image of \(part.shape.dropFirst().map { "\($0)" }.joined(separator: "x")) is "
          + "\(part.inputs) inputs in the order of the file, and is not drawn as a picture")
    }
    return notes
  }

  private static func inputNames(_ shape: [Int], inputs: Int) -> [String] {
    guard shape.count == 3 else { return (1...inputs).map { "input \($0)" } }
    return (0..<inputs).map { "pixel \($0 / shape[2] + 1),\($0 % shape[2] + 1)" }
  }
}

extension ImageFiles.Part {
  /// Appends the pixels of another file.
  ///
  /// They grow in place if there is room after them.
  fileprivate mutating func append(
    _ others: Dataset.Values, path: String, trainingPath: String
  ) throws(DatasetFileError) {
    let own = pixels
    pixels = .bytes([])
    switch (consume own, others) {
    case (.bytes(var bytes), .bytes(let more)):
      bytes += more
      pixels = .bytes(bytes)
    case (.numbers(var numbers), .numbers(let more)):
      numbers += more
      pixels = .numbers(numbers)
    case (.bytes, .numbers), (.numbers, .bytes):
      throw DatasetFileError(
        path, .byte(2), .array(.typesDiffer(trainingPath: trainingPath)))
    }
  }
}
