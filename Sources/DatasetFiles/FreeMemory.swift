/// The memory that files and their examples may take.
struct FreeMemory {
  /// The bytes that may be taken in all; nil sets no bound.
  private let allowed: Int?
  /// The bytes that something else takes already.
  private let taken: Int

  /// Creates memory of which nothing is taken.
  init(_ allowed: Int?) {
    self.init(allowed: allowed, taken: 0)
  }

  private init(allowed: Int?, taken: Int) {
    (self.allowed, self.taken) = (allowed, taken)
  }

  /// The memory that is left while something takes this many bytes more.
  func beside(_ bytes: Int) -> FreeMemory {
    FreeMemory(allowed: allowed, taken: taken + bytes)
  }

  /// The bytes that are left.
  var free: Int { allowed.map { max(0, $0 - taken) } ?? .max }

  /// Refuses a file that takes more than is left.
  ///
  /// - Throws: ``DatasetFileError``, with the memory that all would take.
  func check(_ bytes: Int, for path: String) throws(DatasetFileError) {
    guard let allowed, bytes > free else { return }
    throw DatasetFileError(path, .file(.needsMemory(bytes: taken + bytes, allowed: allowed)))
  }
}
