-- tracking: an alias names its platform as the sources of events do.

update tracking.link_alias set vendor = 'post_affiliate_pro' where vendor = 'post-affiliate-pro';
