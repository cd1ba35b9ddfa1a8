import CKernels

/// One of the paths of the arithmetic kernels: all give the same bits, at different speeds.
public struct KernelPath: Equatable, @unchecked Sendable {
  // The table is constant data of the program: it is never written to.
  let table: UnsafePointer<ck_kernels>

  /// The path called `name`, one of ``allNames``; nil where the name is unknown or this processor cannot run
  /// it.
  public init?(named name: String) {
    guard let table = ck_kernels_named(name) else { return nil }
    self.table = table
  }

  private init(table: UnsafePointer<ck_kernels>) {
    self.table = table
  }

  /// The fastest path of this processor.
  public static var best: KernelPath {
    guard let table = ck_kernels_named(ck_best_path()) else {
      preconditionFailure("the kernels do not know their own best path")
    }
    return KernelPath(table: table)
  }

  /// The names of the paths that exist on some processor.
  ///
  /// `reference` is plain loops, for tests.
  public static let allNames = ["reference", "portable", "neon", "avx2", "avx512"]

  /// The name of the path.
  public var name: String { String(cString: table.pointee.name) }

  @inline(__always) var kernels: Kernels { Kernels(table.pointee) }

  /// The path's kernels of ensembles.
  var ensembleKernels: ck_ensemble_kernels {
    guard let kernels = ck_ensemble_kernels_named(table.pointee.name) else {
      preconditionFailure("the path \(name) has no kernels of ensembles")
    }
    return kernels.pointee
  }
}
