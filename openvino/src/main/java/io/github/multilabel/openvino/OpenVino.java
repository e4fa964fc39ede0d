package io.github.multilabel.openvino;

import com.sun.jna.Library;
import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import com.sun.jna.ptr.PointerByReference;
import org.jspecify.annotations.Nullable;

/**
 * The functions of OpenVINO's C interface that are called, named as they are there. All but those that free return a
 * status, 0 for success. Kinds of elements are not passed, because OpenVINO 2025 numbered them anew.
 */
interface OpenVino extends Library {

    /** {@code ov_version_t}. */
    @Structure.FieldOrder({"buildNumber", "description"})
    final class Version extends Structure {
        public Pointer buildNumber = Pointer.NULL;
        public Pointer description = Pointer.NULL;
    }

    /** {@code ov_shape_t}, which is passed by value. */
    @Structure.FieldOrder({"rank", "dims"})
    final class ShapeValue extends Structure implements Structure.ByValue {
        public long rank;
        public Pointer dims = Pointer.NULL;
    }

    /** {@code ov_partial_shape_t}, which is passed by value; each of its dimensions is a least and a largest size. */
    @Structure.FieldOrder({"leastRank", "largestRank", "dims"})
    final class PartialShapeValue extends Structure implements Structure.ByValue {
        public long leastRank;
        public long largestRank;
        public Pointer dims = Pointer.NULL;
    }

    int ov_get_openvino_version(Version version);

    void ov_version_free(Version version);

    @Nullable
    Pointer ov_get_last_err_msg();

    void ov_free(Pointer text);

    int ov_core_create(PointerByReference core);

    void ov_core_free(Pointer core);

    int ov_core_read_model(Pointer core, String model, @Nullable String weights, PointerByReference result);

    int ov_model_reshape_single_input(Pointer model, PartialShapeValue shape);

    void ov_model_free(Pointer model);

    int ov_core_compile_model(
            Pointer core, Pointer model, String device, long numberOfTexts, PointerByReference result, Object... texts);

    void ov_compiled_model_free(Pointer compiled);

    int ov_compiled_model_outputs_size(Pointer compiled, long[] size);

    int ov_compiled_model_create_infer_request(Pointer compiled, PointerByReference request);

    void ov_infer_request_free(Pointer request);

    int ov_infer_request_get_input_tensor_by_index(Pointer request, long index, PointerByReference tensor);

    int ov_infer_request_get_output_tensor_by_index(Pointer request, long index, PointerByReference tensor);

    int ov_infer_request_infer(Pointer request);

    int ov_tensor_set_shape(Pointer tensor, ShapeValue shape);

    int ov_tensor_get_byte_size(Pointer tensor, long[] size);

    int ov_tensor_data(Pointer tensor, PointerByReference data);

    void ov_tensor_free(Pointer tensor);
}
