// The kernels by name, for either API of the runtime: hilbench_kernels.h of its folder says what a Registration is.
//
// Names that end in 4: 4-bit weights, which only a device form has (docs/kernels.md); in 16: int16 activations.
Registration Conv2d();
Registration Conv2d4();
Registration Conv2d16();
Registration DepthwiseConv2d();
Registration DepthwiseConv2d4();
Registration DepthwiseConv2d16();
Registration FullyConnected();
Registration FullyConnected4();
Registration FullyConnected16();
Registration Add();
Registration Add16();
Registration Sub();
Registration Prelu();
Registration AveragePool2d();
Registration AveragePool2d16();
Registration MaxPool2d();
Registration MaxPool2d16();
Registration Softmax();
Registration Mean();  // over axes that follow one another
Registration Mul();
Registration Lookup();  // LOGISTIC, TANH: of a device form, which brings the table
Registration HardSwish();
Registration Quantize();    // int8 to int8
Registration Quantize16();  // from or to int16
Registration Relu();
Registration Relu6();
Registration Pad();
Registration Concatenation();
Registration Reshape();

// The int8 registration of a builtin operator; one without functions where these kernels have none.
Registration Find(tflite::BuiltinOperator code);
