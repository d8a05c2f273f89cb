// An imitation, written for tests, of the declarations that engine/current and kernels/current take from the TensorFlow
// Lite Micro of today: it keeps them compiling where that library is not at hand. Only names and signatures are the
// library's; there is nothing behind most of them, and fields that are not used here are left out. The headers around
// this one stand where the library has its own.
#ifndef HILBENCH_TEST_CURRENT_API_H
#define HILBENCH_TEST_CURRENT_API_H

#include <cstdarg>
#include <cstddef>
#include <cstdint>

// --- C types

enum TfLiteStatus { kTfLiteOk = 0, kTfLiteError = 1 };

enum TfLiteType {
  kTfLiteNoType,
  kTfLiteFloat32,
  kTfLiteInt32,
  kTfLiteUInt8,
  kTfLiteInt64,
  kTfLiteString,
  kTfLiteBool,
  kTfLiteInt16,
  kTfLiteComplex64,
  kTfLiteInt8,
  kTfLiteInt4 = 18
};
const char* TfLiteTypeGetName(TfLiteType type);

// `size` numbers; the library has room for them behind the struct.
struct TfLiteIntArray {
  int size;
  int data[8];
};
struct TfLiteFloatArray {
  int size;
  float data[64];
};

union TfLitePtrUnion {
  int32_t* i32;
  int64_t* i64;
  float* f;
  char* raw;
  uint8_t* uint8;
  int16_t* i16;
  int8_t* int8;
  void* data;
};

struct TfLiteQuantizationParams {
  float scale;
  int32_t zero_point;
};
struct TfLiteAffineQuantization {
  TfLiteFloatArray* scale;
  TfLiteIntArray* zero_point;
  int32_t quantized_dimension;
};
enum TfLiteQuantizationType { kTfLiteNoQuantization, kTfLiteAffineQuantization };
struct TfLiteQuantization {
  TfLiteQuantizationType type;
  void* params;
};

enum TfLiteAllocationType { kTfLiteMemNone, kTfLiteMmapRo, kTfLiteArenaRw };

struct TfLiteTensor {
  TfLiteQuantization quantization;
  TfLiteQuantizationParams params;
  TfLitePtrUnion data;
  TfLiteIntArray* dims;
  size_t bytes;
  TfLiteType type;
  TfLiteAllocationType allocation_type;
};
struct TfLiteEvalTensor {
  TfLitePtrUnion data;
  TfLiteIntArray* dims;
  TfLiteType type;
};

struct TfLiteNode {
  TfLiteIntArray* inputs;
  TfLiteIntArray* outputs;
  void* user_data;
  void* builtin_data;
};

struct TfLiteContext {
  void* impl_;
  TfLiteTensor* (*GetTensor)(const TfLiteContext* context, int index);
  TfLiteEvalTensor* (*GetEvalTensor)(const TfLiteContext* context, int index);
  void (*ReportError)(TfLiteContext* context, const char* format, ...);
  void* (*AllocatePersistentBuffer)(TfLiteContext* context, size_t bytes);
  TfLiteStatus (*RequestScratchBufferInArena)(TfLiteContext* context, size_t bytes, int* index);
  void* (*GetScratchBuffer)(TfLiteContext* context, int index);
};

#define TF_LITE_KERNEL_LOG(context, ...) (context)->ReportError((context), __VA_ARGS__)
#define TF_LITE_ENSURE(context, condition)                     \
  do {                                                         \
    if (!(condition)) {                                        \
      TF_LITE_KERNEL_LOG(context, "not true: %s", #condition); \
      return kTfLiteError;                                     \
    }                                                          \
  } while (false)
#define TF_LITE_ENSURE_EQ(context, left, right) TF_LITE_ENSURE(context, (left) == (right))
#define TF_LITE_ENSURE_STATUS(call)             \
  do {                                          \
    const TfLiteStatus answered = call;         \
    if (answered != kTfLiteOk) return answered; \
  } while (false)

// --- Options of operators

enum TfLitePadding { kTfLitePaddingUnknown, kTfLitePaddingSame, kTfLitePaddingValid };
enum TfLiteFusedActivation { kTfLiteActNone, kTfLiteActRelu, kTfLiteActReluN1To1, kTfLiteActRelu6 };
struct TfLiteConvParams {
  TfLitePadding padding;
  int stride_width, stride_height, dilation_width_factor, dilation_height_factor;
  TfLiteFusedActivation activation;
};
struct TfLiteDepthwiseConvParams {
  TfLitePadding padding;
  int stride_width, stride_height, depth_multiplier;
  TfLiteFusedActivation activation;
  int dilation_width_factor, dilation_height_factor;
};
struct TfLitePoolParams {
  TfLitePadding padding;
  int stride_width, stride_height, filter_width, filter_height;
  TfLiteFusedActivation activation;
};
struct TfLiteFullyConnectedParams {
  TfLiteFusedActivation activation;
};
struct TfLiteAddParams {
  TfLiteFusedActivation activation;
};
struct TfLiteSubParams {
  TfLiteFusedActivation activation;
};
struct TfLiteMulParams {
  TfLiteFusedActivation activation;
};
struct TfLiteSoftmaxParams {
  float beta;
};
struct TfLiteConcatenationParams {
  int axis;
  TfLiteFusedActivation activation;
};

struct TFLMRegistration {
  void* (*init)(TfLiteContext* context, const char* buffer, size_t length);
  void (*free)(TfLiteContext* context, void* buffer);
  TfLiteStatus (*prepare)(TfLiteContext* context, TfLiteNode* node);
  TfLiteStatus (*invoke)(TfLiteContext* context, TfLiteNode* node);
  void (*reset)(TfLiteContext* context, void* buffer);
  int32_t builtin_code;
  const char* custom_name;
};

extern "C" {
void DebugLog(const char* format, va_list args);
int DebugVsnprintf(char* buffer, size_t size, const char* format, va_list args);
}

#define TF_LITE_REMOVE_VIRTUAL_DELETE \
  void operator delete(void*) {}

// --- The model's file

namespace flatbuffers {
template <typename T>
struct Vector {
  uint32_t size() const;
  T Get(uint32_t index) const;
};
}  // namespace flatbuffers

namespace tflite {

// The library has all operators here, with their true codes.
#define OPERATOR(CODE, ADD, PARSE) BuiltinOperator_##CODE,
enum BuiltinOperator : int32_t {
#include "../../current/operators.def"
};
#undef OPERATOR

struct OperatorCode {
  int8_t deprecated_builtin_code() const;
  BuiltinOperator builtin_code() const;
  int32_t version() const;
};
struct Operator {
  uint32_t opcode_index() const;
  const flatbuffers::Vector<int32_t>* inputs() const;
  const flatbuffers::Vector<int32_t>* outputs() const;
};
struct SubGraph {
  const flatbuffers::Vector<const Operator*>* operators() const;
};
struct Model {
  const flatbuffers::Vector<const OperatorCode*>* operator_codes() const;
  const flatbuffers::Vector<const SubGraph*>* subgraphs() const;
};
const Model* GetModel(const void* file);

class ErrorReporter;
class BuiltinDataAllocator;

using TfLiteBridgeBuiltinParseFunction = TfLiteStatus (*)(const Operator* op, ErrorReporter* reporter,
                                                          BuiltinDataAllocator* allocator, void** options);

#define OPERATOR(CODE, ADD, PARSE)                                                                        \
  TfLiteStatus Parse##PARSE(const Operator* op, ErrorReporter* reporter, BuiltinDataAllocator* allocator, \
                            void** options);
#include "../../current/operators.def"
#undef OPERATOR

// --- Resolver and interpreter

class MicroOpResolver {
 public:
  virtual const TFLMRegistration* FindOp(BuiltinOperator op) const = 0;
  virtual const TFLMRegistration* FindOp(const char* op) const = 0;
  virtual TfLiteBridgeBuiltinParseFunction GetOpDataParser(BuiltinOperator op) const = 0;
  virtual ~MicroOpResolver() {}
};

template <unsigned int kMost>
class MicroMutableOpResolver : public MicroOpResolver {
 public:
  const TFLMRegistration* FindOp(BuiltinOperator op) const override;
  const TFLMRegistration* FindOp(const char* op) const override;
  TfLiteBridgeBuiltinParseFunction GetOpDataParser(BuiltinOperator op) const override;

#define OPERATOR(CODE, ADD, PARSE) TfLiteStatus Add##ADD();
#include "../../current/operators.def"
#undef OPERATOR
};

class MicroResourceVariables;
class MicroProfilerInterface;
class MicroAllocator;

class MicroInterpreter {
 public:
  MicroInterpreter(const Model* model, const MicroOpResolver& resolver, uint8_t* arena, size_t bytes,
                   MicroResourceVariables* variables = nullptr, MicroProfilerInterface* profiler = nullptr,
                   bool preserve_all_tensors = false);
  MicroInterpreter(const Model* model, const MicroOpResolver& resolver, MicroAllocator* allocator,
                   MicroResourceVariables* variables = nullptr, MicroProfilerInterface* profiler = nullptr);
  ~MicroInterpreter();
  TfLiteStatus AllocateTensors();
  TfLiteStatus Invoke();
  TfLiteTensor* input(size_t index);
  TfLiteTensor* output(size_t index);
  TfLiteStatus initialization_status() const;
  size_t arena_used_bytes() const;

 protected:
  const TfLiteContext& context() const;
};

TfLiteStatus TfLiteEvalTensorByteLength(const TfLiteEvalTensor* tensor, size_t* bytes);

// --- What kernels use

class MicroContext {
 public:
  virtual ~MicroContext() = default;
  virtual TfLiteTensor* AllocateTempTfLiteTensor(int tensor) = 0;
  virtual void DeallocateTempTfLiteTensor(TfLiteTensor* tensor) = 0;
  virtual TfLiteEvalTensor* GetEvalTensor(int tensor) = 0;
  TfLiteTensor* AllocateTempInputTensor(const TfLiteNode* node, int index);
  TfLiteTensor* AllocateTempOutputTensor(const TfLiteNode* node, int index);
};
inline MicroContext* GetMicroContext(const TfLiteContext* context) {
  return static_cast<MicroContext*>(context->impl_);
}

namespace micro {
const TfLiteEvalTensor* GetEvalInput(const TfLiteContext* context, const TfLiteNode* node, int index);
TfLiteEvalTensor* GetEvalOutput(const TfLiteContext* context, const TfLiteNode* node, int index);
}  // namespace micro

int64_t NumElements(const TfLiteTensor* tensor);
bool HaveSameShapes(const TfLiteTensor* a, const TfLiteTensor* b);
bool IsConstantTensor(const TfLiteTensor* tensor);

}  // namespace tflite

#endif
