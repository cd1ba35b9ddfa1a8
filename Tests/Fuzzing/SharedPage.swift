import CLibrary
import Synchronization

/// Some memory that a worker shares with the process that started it: it outlives the worker, so
/// the number of the input that killed it stands there.
package final class SharedPage: @unchecked Sendable {
  /// A number in the page.
  package enum Place: Int, CaseIterable, Sendable {
    /// The number of the input that is being read; -1 before the first one.
    case number
    /// How many inputs were read.
    case inputs
    /// How many of them were accepted.
    case accepted
    /// How much happened in them.
    case events
    /// Whether the worker is to stop: 1.
    case stop
    /// The bytes of the fault's promise, and of its evidence.
    case promise, evidence
  }

  private static let size = 16_384
  private static let textStart = 256
  private let base: UnsafeMutableRawPointer

  /// Maps a file, which is made where there is none.
  ///
  /// - Throws: ``FuzzError`` where it cannot be mapped.
  package init(path: String) throws(FuzzError) {
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw FuzzError("cannot open \(path): \(FuzzError.system)") }
    defer { close(descriptor) }
    guard ftruncate(descriptor, off_t(Self.size)) == 0,
      let base = mmap(nil, Self.size, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0),
      base != MAP_FAILED
    else { throw FuzzError("cannot share memory with a worker: \(FuzzError.system)") }
    self.base = base
  }

  deinit { munmap(base, Self.size) }

  /// A number of the page.
  package subscript(place: Place) -> Int {
    get { word(place).pointee.load(ordering: .sequentiallyConsistent) }
    set { word(place).pointee.store(newValue, ordering: .sequentiallyConsistent) }
  }

  private func word(_ place: Place) -> UnsafeMutablePointer<Atomic<Int>> {
    (base + 8 * place.rawValue).assumingMemoryBound(to: Atomic<Int>.self)
  }

  /// Sets everything back, for another worker.
  package func clear() {
    for place in Place.allCases { self[place] = place == .number ? -1 : 0 }
  }

  /// The fault that the worker noted; nil where it noted none.
  package var fault: FuzzFault? {
    get {
      let (first, second) = (self[.promise], self[.evidence])
      guard first > 0 else { return nil }
      let bytes = UnsafeRawBufferPointer(start: base + Self.textStart, count: first + second)
      return FuzzFault(
        String(decoding: bytes[..<first], as: UTF8.self),
        String(decoding: bytes[first...], as: UTF8.self))
    }
    set {
      guard let newValue else { return self[.promise] = 0 }
      let first = Array(newValue.promise.utf8.prefix(1000))
      let second = Array(newValue.evidence.utf8.prefix(Self.size - Self.textStart - first.count))
      for (index, byte) in (first + second).enumerated() {
        base.storeBytes(of: byte, toByteOffset: Self.textStart + index, as: UInt8.self)
      }
      self[.evidence] = second.count
      self[.promise] = first.count
    }
  }
}
