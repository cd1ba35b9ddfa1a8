/// A place in a line that sets dropout up: a layer, a call, a mask made by hand, a setting.
public struct DropoutLayer: Sendable {
  /// The code, as it stands in the line.
  public let code: String
  /// The readings; two where the same code means two things in two libraries or versions.
  public let readings: [DropoutReading]
  /// The number of places of the line that have this very code.
  public private(set) var count = 1

  /// A place with its readings.
  public init(code: String, readings: [DropoutReading]) {
    (self.code, self.readings) = (code, readings)
  }
}

extension DropoutLayer {
  /// All dropout in a line of code, in its order; places with the same code are one.
  ///
  /// - Parameter line: a line in any framework, such as `nn.Dropout(0.2)` or `keep_prob: 0.8`.
  /// - Returns: the layers, at least one.
  /// - Throws: ``DropoutReadingError``.
  public static func all(in line: String) throws(DropoutReadingError) -> [DropoutLayer] {
    let calls = CodeCall.all(in: line)
    var layers: [DropoutLayer] = []
    var unread: [CodeCall] = []
    for call in calls {
      let founds = try DropoutRule.founds(call, line)
      guard let first = founds.first else {
        unread.append(call)
        continue
      }
      let characters = Array(line)
      try add(founds, code: first.code ?? String(characters[call.range]), to: &layers)
    }
    let read = layers.map(\.code)
    for call in unread {
      for argument in call.arguments where !read.contains(where: argument.value.contains) {
        try add(argument, of: call, to: &layers)
      }
    }
    if layers.isEmpty {
      for argument in CodeCall.arguments(in: line) {
        try add(argument, of: nil, to: &layers)
      }
    }
    if layers.isEmpty { throw .unknown }
    return layers
  }

  /// Adds an argument whose name says that it is about dropout.
  private static func add(
    _ argument: CodeCall.Argument, of call: CodeCall?, to layers: inout [DropoutLayer]
  ) throws(DropoutReadingError) {
    guard let found = DropoutRule.byName(argument, of: call) else { return }
    try add([found], code: "\(argument.name ?? "")=\(argument.value)", to: &layers)
  }

  private static func add(
    _ founds: [DropoutRule.Found], code: String, to layers: inout [DropoutLayer]
  ) throws(DropoutReadingError) {
    if let index = layers.firstIndex(where: { $0.code == code }) {
      layers[index].count += 1
      return
    }
    var readings: [DropoutReading] = []
    for found in founds { readings.append(try DropoutReading(found)) }
    layers.append(DropoutLayer(code: code, readings: readings))
  }
}
