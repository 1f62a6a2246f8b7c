#pragma once
// Every permission of OTTB and of the machine routes it serves for archonts, with the roles that hold it from the
// start.
#include <array>

#include "net/permission.hpp"

namespace vss::ottb {

inline constexpr std::array permissions{
    // dialling: campaigns, leads, compliance
    net::permission{"ottb.campaign.read", "see campaigns and their progress",
                    "admin supervisor operator engineer data viewer auditor owner security"},
    net::permission{"ottb.campaign.write", "create and change campaigns", "admin supervisor"},
    net::permission{"ottb.campaign.control", "start, pause, drain and stop campaigns", "admin supervisor"},
    net::permission{"ottb.flow.read", "see IVR flows", "admin supervisor operator engineer data viewer auditor owner"},
    net::permission{"ottb.flow.write", "create IVR flows and their versions", "admin supervisor"},
    net::permission{"ottb.profile.read", "see compliance profiles",
                    "admin supervisor operator engineer data viewer auditor owner security"},
    net::permission{"ottb.profile.write", "create compliance profiles and their versions", "admin security"},
    net::permission{"ottb.caller.read", "see the company's own caller IDs",
                    "admin supervisor engineer data viewer auditor owner security"},
    net::permission{"ottb.caller.write", "add caller IDs and record the proof that they are ours", "admin security"},
    net::permission{"ottb.lead.read", "see leads with masked numbers and why each is or is not called",
                    "admin supervisor operator data auditor owner"},
    net::permission{"ottb.lead.import", "import leads and undo an import", "admin supervisor data"},
    net::permission{"ottb.lead.search", "find leads by a telephone number", "admin supervisor operator auditor"},
    net::permission{"ottb.lead.reveal", "see a lead's telephone number in full", "admin supervisor"},
    net::permission{"ottb.dnc.read", "see the do-not-call list (without numbers) and ask about a number",
                    "admin supervisor operator auditor owner security"},
    net::permission{"ottb.dnc.write", "put a number on the do-not-call list", "admin supervisor operator security"},
    net::permission{"ottb.dnc.remove", "take a number off the do-not-call list", "admin security"},
    net::permission{"ottb.attempt.read", "see attempts and their outcomes",
                    "admin supervisor operator engineer data viewer auditor owner"},
    // the fleet: hubs, devices, slots, trunks, DIDs
    net::permission{"ottb.hub.read", "see hubs, their configuration (without secrets) and events",
                    "admin supervisor operator engineer viewer auditor owner security"},
    net::permission{"ottb.hub.write", "approve hubs and their virtual slots", "admin engineer"},
    net::permission{"ottb.hub.control", "drain a hub and let it work again", "admin supervisor engineer"},
    net::permission{"ottb.hub.lock", "lock a hub's identity out and let it in again", "admin engineer security"},
    net::permission{"ottb.device.read", "see devices", "admin supervisor engineer viewer auditor"},
    net::permission{"ottb.device.write", "approve, mount and retire devices and slots", "admin engineer"},
    net::permission{"ottb.slot.read", "see slots, their timelines and commands",
                    "admin supervisor operator engineer data viewer auditor owner security"},
    net::permission{"ottb.slot.control", "drain, lock and hang up slots", "admin supervisor engineer"},
    net::permission{"ottb.slot.recover", "send a slot through the recovery ladder, clear its faults",
                    "admin supervisor engineer"},
    net::permission{"ottb.slot.test", "make a slot dial internal numbers and send digits", "admin engineer"},
    net::permission{"ottb.slot.credentials", "see and renew a slot's SIP credentials", "engineer"},
    net::permission{"ottb.trunk.read", "see trunks, their limits and health",
                    "admin supervisor engineer viewer auditor owner security"},
    net::permission{"ottb.trunk.write", "create, change and retire trunks", "admin engineer"},
    net::permission{"ottb.did.read", "see our own numbers and where they lead",
                    "admin supervisor engineer viewer auditor owner security"},
    net::permission{"ottb.did.write", "route our own numbers", "admin engineer"},
    net::permission{"ottb.permit.mint", "test sites only: make permits of every state", "admin engineer"},
    // what an archont may ask on the link listener
    net::permission{"link.session.open", "hold the link of its hub (F-05)", "archont"},
    net::permission{"link.permit.request", "ask for the permit of an attempt (F-01)", "archont"},
    net::permission{"link.report.write", "report how attempts ended (F-11)", "archont"},
};

}  // namespace vss::ottb
