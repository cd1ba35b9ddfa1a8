/// Reads CSV and IDX files, plain or compressed with gzip, into a dataset; every byte is hostile.
public enum DatasetFiles {
}
