#pragma once
// A TCP relay to a port of this machine whose connections a test can cut, as a network would.
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <list>

#include "base/scope.hpp"

namespace vss::test {

class cable {
 public:
  cable(executor on, std::uint16_t to)
      : to_(to), listener_(on, {boost::asio::ip::address_v4::loopback(), 0}), work_(on, "cable") {
    work_.spawn("serve", serve());
  }
  std::uint16_t port() const { return listener_.local_endpoint().port(); }
  void cut() {
    for (auto& one : open_) {
      if (const auto alive = one.lock()) alive->close();
    }
    open_.clear();
  }
  task<void> end() {
    listener_.close();
    cut();
    co_await work_.stop(milliseconds(1000));
  }

 private:
  using socket = boost::asio::ip::tcp::socket;
  static constexpr auto as_result = boost::asio::as_tuple(boost::asio::use_awaitable);

  task<void> serve() {
    for (;;) {
      auto near = std::make_shared<socket>(co_await listener_.async_accept(boost::asio::use_awaitable));
      auto far = std::make_shared<socket>(near->get_executor());
      const boost::asio::ip::tcp::endpoint where(boost::asio::ip::address_v4::loopback(), to_);
      co_await far->async_connect(where, boost::asio::use_awaitable);
      open_.push_back(near);
      open_.push_back(far);
      work_.spawn("up", pump(near, far));
      work_.spawn("down", pump(far, near));
    }
  }
  static task<void> pump(std::shared_ptr<socket> from, std::shared_ptr<socket> to) {
    std::vector<char> block(65536);
    for (;;) {
      const auto got = co_await from->async_read_some(boost::asio::buffer(block), as_result);
      if (std::get<0>(got)) break;
      const auto put = co_await boost::asio::async_write(*to, boost::asio::buffer(block, std::get<1>(got)), as_result);
      if (std::get<0>(put)) break;
    }
    boost::system::error_code ignored;
    from->close(ignored);
    to->close(ignored);
  }

  std::uint16_t to_;
  boost::asio::ip::tcp::acceptor listener_;
  scope work_;
  std::list<std::weak_ptr<socket>> open_;
};

}  // namespace vss::test
