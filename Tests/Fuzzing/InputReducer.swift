/// Makes an input smaller as long as it breaks its reader in the same way.
///
/// > Source: Zeller and Hildebrandt, Simplifying and Isolating Failure-Inducing Input (2002), with
/// > complements only.
struct InputReducer {
  let process: FuzzProcess
  let failure: FuzzFailure
  /// The moment after which nothing more is tried.
  let deadline: Double

  private static let most = 256

  /// The smallest input that was found.
  func reduce(_ input: [UInt8]) throws(FuzzError) -> [UInt8] {
    let pieces = try cut(split(input))
    let bytes = Array(pieces.joined())
    return process.target.pieces == .bytes ? try simplify(bytes) : bytes
  }

  private func split(_ input: [UInt8]) -> [ArraySlice<UInt8>] {
    switch process.target.pieces {
    case .bytes: return input.indices.map { input[$0...$0] }
    case .lines:
      var lines: [ArraySlice<UInt8>] = []
      var start = 0
      for index in input.indices where input[index] == 0x0A {
        lines.append(input[start...index])
        start = index + 1
      }
      return start < input.count ? lines + [input[start...]] : lines
    }
  }

  /// Leaves out as many pieces as possible: halves first, single ones last.
  private func cut(_ pieces: [ArraySlice<UInt8>]) throws(FuzzError) -> [ArraySlice<UInt8>] {
    var pieces = pieces
    var size = (pieces.count + 1) / 2
    while size > 0 {
      var start = 0
      var hasCut = false
      while start < pieces.count, FuzzClock.now < deadline {
        let starts = Array(stride(from: start, to: pieces.count, by: size).prefix(Self.most))
        let candidates = starts.map { first in
          Array((pieces[..<first] + pieces[min(first + size, pieces.count)...]).joined())
        }
        guard let found = try firstThatBreaks(candidates) else {
          start = (starts.last ?? start) + size
          continue
        }
        pieces.removeSubrange(starts[found]..<min(starts[found] + size, pieces.count))
        (start, hasCut) = (starts[found], true)
      }
      if FuzzClock.now >= deadline { break }
      // A piece that could not be cut before may be now.
      if size == 1 { size = hasCut ? 1 : 0 } else { size = (size + 1) / 2 }
    }
    return pieces
  }

  /// Puts plain characters in the places of others.
  private func simplify(_ bytes: [UInt8]) throws(FuzzError) -> [UInt8] {
    var bytes = bytes
    for plain in [UInt8(ascii: "0"), UInt8(ascii: "a")] {
      var start = 0
      while start < bytes.count, FuzzClock.now < deadline {
        let places = Array(
          bytes.indices[start...].lazy.filter { bytes[$0] != plain && bytes[$0] != 48 }
            .prefix(Self.most))
        guard !places.isEmpty else { break }
        let candidates = places.map { place in
          var changed = bytes
          changed[place] = plain
          return changed
        }
        guard let found = try firstThatBreaks(candidates) else {
          start = (places.last ?? start) + 1
          continue
        }
        bytes[places[found]] = plain
        start = places[found] + 1
      }
    }
    return bytes
  }

  /// The first of some inputs that breaks the reader in the same way; nil where none does.
  private func firstThatBreaks(_ candidates: [[UInt8]]) throws(FuzzError) -> Int? {
    var first = 0
    while first < candidates.count, FuzzClock.now < deadline {
      let ending = try process.read(candidates, from: first)
      guard let found = ending.failure else { return nil }
      if found.isLike(failure) { return ending.number }
      first = ending.number + 1
    }
    return nil
  }
}
