"""Writes the folder parquet: small tables as pandas, pyarrow and Hugging Face's datasets write them.

Run: python parquet.py (in this folder). The versions are those below; nothing is random but the keys of what is encrypted.

    pandas 3.1.1, pyarrow 26.0.1, datasets 5.2.0, Pillow 13.0.0
"""

import base64
import datetime
import decimal
import os

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pyarrow.parquet.encryption as pe
from datasets import ClassLabel, Dataset, Features, Image, List
from PIL import Image as Pixels

os.makedirs("parquet", exist_ok=True)

# What most people write: snappy, a category, a number that is missing somewhere, lists.
pd.DataFrame({
    "image": ["1.jpg", "2.jpg", "3.jpg"],
    "brand": pd.Categorical(["Müller", None, "BMW"]),
    "doors": [5, None, 3],
    "tags": [["red", "open"], [], None],
}).to_parquet("parquet/pandas.parquet")

pd.DataFrame({"image": ["1.jpg"], "brand": ["BMW"]}).iloc[:0].to_parquet("parquet/no-rows.parquet")


def all_rows(value, kind):
    return pa.array([value, None], kind)


time = datetime.datetime(2020, 1, 2, 3, 4, 5, 678000)
kinds = pa.table({
    "image": all_rows("1.jpg", pa.string()),
    "large": all_rows("large", pa.large_string()),
    "dictionary": all_rows("one", pa.string()).dictionary_encode(),
    "bytes": all_rows(b"text", pa.binary()),
    "no text": all_rows(b"\xff\xfe", pa.binary()),
    "int8": all_rows(-3, pa.int8()),
    "int64": all_rows(2**63 - 1, pa.int64()),
    "uint8": all_rows(255, pa.uint8()),
    "uint32": all_rows(2**32 - 1, pa.uint32()),
    "uint64": all_rows(2**64 - 1, pa.uint64()),
    "float": all_rows(0.1, pa.float32()),
    "double": all_rows(2012.0, pa.float64()),
    "tiny": all_rows(1e-5, pa.float64()),
    "huge": all_rows(1e20, pa.float64()),
    "nan": all_rows(float("nan"), pa.float64()),
    "boolean": all_rows(True, pa.bool_()),
    "date": all_rows(time.date(), pa.date32()),
    "time": all_rows(time.time(), pa.time32("ms")),
    "ms": all_rows(time, pa.timestamp("ms")),
    "us": all_rows(time, pa.timestamp("us", tz="UTC")),
    "ns": all_rows(time, pa.timestamp("ns")),
    "decimal": all_rows(decimal.Decimal("-12.50"), pa.decimal128(20, 2)),
    "small decimal": all_rows(decimal.Decimal("12.50"), pa.decimal128(9, 2)),
    "nothing": pa.nulls(2),
    "numbers": all_rows([1, None, 2], pa.list_(pa.int64())),
    "half": all_rows(1.5, pa.float16()),
    "vector": all_rows([1.5], pa.list_(pa.float64())),
    "lists": all_rows([["a"]], pa.list_(pa.list_(pa.string()))),
    "object": all_rows({"x": 1}, pa.struct([("x", pa.int64())])),
    "map": all_rows([("k", "v")], pa.map_(pa.string(), pa.string())),
})
pq.write_table(kinds, "parquet/kinds.parquet", store_decimal_as_integer=True)
pq.write_table(
    kinds,
    "parquet/kinds-new.parquet",
    compression="zstd",
    data_page_version="2.0",
    use_dictionary=False,
    write_page_checksum=True,
    write_page_index=True,
    column_encoding={"int64": "DELTA_BINARY_PACKED", "image": "DELTA_BYTE_ARRAY", "double": "BYTE_STREAM_SPLIT"},
)
pq.write_table(
    kinds,
    "parquet/kinds-old.parquet",
    version="1.0",
    row_group_size=1,
    use_compliant_nested_type=False,
    use_deprecated_int96_timestamps=True,
)

# Compressible enough that it is compressed.
brands = pa.table({"image": [f"{i}.jpg" for i in range(300)], "brand": ["Audi", "BMW", "Audi"] * 100})
for compression in ["none", "snappy", "gzip", "zstd", "lz4", "brotli"]:
    pq.write_table(brands, f"parquet/{compression}.parquet", compression=compression, use_dictionary=["brand"])


def pixels(colour):
    return Pixels.new("RGB", (4, 3), colour)


Dataset.from_dict(
    {
        "image": [pixels("red"), pixels("lime"), pixels("blue"), None],
        "label": [1, 0, 1, -1],
        "colours": [[0], [], [1, 0], [1]],
    },
    features=Features({
        "image": Image(),
        "label": ClassLabel(names=["Audi", "BMW"]),
        "colours": List(ClassLabel(names=["light", "dark"])),
    }),
).to_parquet("parquet/hugging-face.parquet")


class Keys(pe.KmsClient):
    """Keys that are no secret."""

    def wrap_key(self, key, name):
        return base64.b64encode(key)

    def unwrap_key(self, key, name):
        return base64.b64decode(key)


for plain in [False, True]:
    encryption = pe.EncryptionConfiguration(
        footer_key="footer", column_keys={"column": ["brand"]}, plaintext_footer=plain
    )
    properties = pe.CryptoFactory(lambda _: Keys()).file_encryption_properties(pe.KmsConnectionConfig(), encryption)
    name = "parquet/encrypted-columns.parquet" if plain else "parquet/encrypted.parquet"
    with pq.ParquetWriter(name, brands.schema, encryption_properties=properties) as writer:
        writer.write_table(brands.slice(0, 3))
