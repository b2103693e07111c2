// SPDX-License-Identifier: GPL-3.0-or-later
//
// Evaluates a compiled Stan program whose data is `which`: reads lines of `which`
// and an unconstrained point, writes [density, [gradient]] for each, or null where
// the program throws. The argument is the number of coordinates.
#include <stan/io/json/json_data.hpp>
#include <stan/math/rev.hpp>
#include <stan/model/log_prob_grad.hpp>
#include <stan/model/model_base.hpp>

#include <cmath>
#include <cstdio>
#include <iostream>
#include <memory>
#include <sstream>
#include <string>

stan::model::model_base& new_model(stan::io::var_context& data, unsigned int seed,
                                   std::ostream* messages);

static void write(double x) {
  if (std::isnan(x))
    std::printf("NaN");
  else if (std::isinf(x))
    std::printf(x > 0 ? "Infinity" : "-Infinity");
  else
    std::printf("%.17g", x);
}

int main(int, char** arguments) {
  const long size = std::stol(arguments[1]);
  std::string line;
  int current = -1;
  stan::model::model_base* model = nullptr;
  while (std::getline(std::cin, line)) {
    std::istringstream words(line);
    int which;
    words >> which;
    if (which != current) {
      std::istringstream text("{\"which\": " + std::to_string(which) + "}");
      stan::json::json_data data(text);
      model = &new_model(data, 1, &std::cerr);
      current = which;
    }
    Eigen::VectorXd point(size), gradient(size);
    for (long i = 0; i < size; ++i) {
      std::string word;
      words >> word;
      point[i] = std::stod(word);
    }
    try {
      const double value
          = stan::model::log_prob_grad<true, true>(*model, point, gradient, nullptr);
      std::printf("[");
      write(value);
      std::printf(", [");
      for (long i = 0; i < size; ++i) {
        if (i) std::printf(", ");
        write(gradient[i]);
      }
      std::printf("]]\n");
    } catch (const std::exception&) {
      std::printf("null\n");
      stan::math::recover_memory();
    }
  }
}
