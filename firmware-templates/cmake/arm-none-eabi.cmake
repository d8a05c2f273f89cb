# Toolchain of every image: GCC for bare-metal Arm. Core and optimisation come as HILBENCH_FLAGS.
set(CMAKE_SYSTEM_NAME Generic)
set(CMAKE_SYSTEM_PROCESSOR arm)
set(CMAKE_C_COMPILER arm-none-eabi-gcc)
set(CMAKE_CXX_COMPILER arm-none-eabi-g++)
set(CMAKE_AR arm-none-eabi-gcc-ar CACHE FILEPATH "")
set(CMAKE_RANLIB arm-none-eabi-gcc-ranlib CACHE FILEPATH "")
# There is no system to link a test program against; archives are all that is built here.
set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)
set(CMAKE_C_COMPILER_WORKS TRUE)
set(CMAKE_CXX_COMPILER_WORKS TRUE)
