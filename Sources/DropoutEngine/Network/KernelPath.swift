package import CKernels

/// One of the paths of the arithmetic kernels.
///
/// All give the same bits, at different speeds.
public struct KernelPath: Equatable, @unchecked Sendable {
  // The table is constant data of the program and is never written to.
  package let table: UnsafePointer<ck_kernels>

  /// The path called `name`, one of ``allNames``; nil where the name is unknown or this processor
  /// cannot run it.
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

  /// The kernels of the path.
  @inline(__always) package var kernels: Kernels { Kernels(table.pointee) }
}
