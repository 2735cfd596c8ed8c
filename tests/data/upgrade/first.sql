BEGIN TRANSACTION;
CREATE TABLE "auth_group" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(150) NOT NULL UNIQUE);
CREATE TABLE "auth_group_permissions" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "group_id" integer NOT NULL REFERENCES "auth_group" ("id") DEFERRABLE INITIALLY DEFERRED, "permission_id" integer NOT NULL REFERENCES "auth_permission" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "auth_permission" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "content_type_id" integer NOT NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED, "codename" varchar(100) NOT NULL, "name" varchar(255) NOT NULL);
INSERT INTO "auth_permission" VALUES(1,1,'add_section','Can add section');
INSERT INTO "auth_permission" VALUES(2,1,'change_section','Can change section');
INSERT INTO "auth_permission" VALUES(3,1,'delete_section','Can delete section');
INSERT INTO "auth_permission" VALUES(4,1,'view_section','Can view section');
INSERT INTO "auth_permission" VALUES(5,2,'add_newsitem','Can add news item');
INSERT INTO "auth_permission" VALUES(6,2,'change_newsitem','Can change news item');
INSERT INTO "auth_permission" VALUES(7,2,'delete_newsitem','Can delete news item');
INSERT INTO "auth_permission" VALUES(8,2,'view_newsitem','Can view news item');
INSERT INTO "auth_permission" VALUES(9,3,'add_profile','Can add profile');
INSERT INTO "auth_permission" VALUES(10,3,'change_profile','Can change profile');
INSERT INTO "auth_permission" VALUES(11,3,'delete_profile','Can delete profile');
INSERT INTO "auth_permission" VALUES(12,3,'view_profile','Can view profile');
INSERT INTO "auth_permission" VALUES(13,4,'add_profilelink','Can add link');
INSERT INTO "auth_permission" VALUES(14,4,'change_profilelink','Can change link');
INSERT INTO "auth_permission" VALUES(15,4,'delete_profilelink','Can delete link');
INSERT INTO "auth_permission" VALUES(16,4,'view_profilelink','Can view link');
INSERT INTO "auth_permission" VALUES(17,5,'add_category','Can add category');
INSERT INTO "auth_permission" VALUES(18,5,'change_category','Can change category');
INSERT INTO "auth_permission" VALUES(19,5,'delete_category','Can delete category');
INSERT INTO "auth_permission" VALUES(20,5,'view_category','Can view category');
INSERT INTO "auth_permission" VALUES(21,6,'add_importrun','Can add import run');
INSERT INTO "auth_permission" VALUES(22,6,'change_importrun','Can change import run');
INSERT INTO "auth_permission" VALUES(23,6,'delete_importrun','Can delete import run');
INSERT INTO "auth_permission" VALUES(24,6,'view_importrun','Can view import run');
INSERT INTO "auth_permission" VALUES(25,7,'add_topic','Can add topic');
INSERT INTO "auth_permission" VALUES(26,7,'change_topic','Can change topic');
INSERT INTO "auth_permission" VALUES(27,7,'delete_topic','Can delete topic');
INSERT INTO "auth_permission" VALUES(28,7,'view_topic','Can view topic');
INSERT INTO "auth_permission" VALUES(29,8,'add_author','Can add author');
INSERT INTO "auth_permission" VALUES(30,8,'change_author','Can change author');
INSERT INTO "auth_permission" VALUES(31,8,'delete_author','Can delete author');
INSERT INTO "auth_permission" VALUES(32,8,'view_author','Can view author');
INSERT INTO "auth_permission" VALUES(33,9,'add_authorship','Can add authorship');
INSERT INTO "auth_permission" VALUES(34,9,'change_authorship','Can change authorship');
INSERT INTO "auth_permission" VALUES(35,9,'delete_authorship','Can delete authorship');
INSERT INTO "auth_permission" VALUES(36,9,'view_authorship','Can view authorship');
INSERT INTO "auth_permission" VALUES(37,10,'add_publication','Can add publication');
INSERT INTO "auth_permission" VALUES(38,10,'change_publication','Can change publication');
INSERT INTO "auth_permission" VALUES(39,10,'delete_publication','Can delete publication');
INSERT INTO "auth_permission" VALUES(40,10,'view_publication','Can view publication');
INSERT INTO "auth_permission" VALUES(41,11,'add_venue','Can add venue');
INSERT INTO "auth_permission" VALUES(42,11,'change_venue','Can change venue');
INSERT INTO "auth_permission" VALUES(43,11,'delete_venue','Can delete venue');
INSERT INTO "auth_permission" VALUES(44,11,'view_venue','Can view venue');
INSERT INTO "auth_permission" VALUES(45,12,'add_publicationlink','Can add link');
INSERT INTO "auth_permission" VALUES(46,12,'change_publicationlink','Can change link');
INSERT INTO "auth_permission" VALUES(47,12,'delete_publicationlink','Can delete link');
INSERT INTO "auth_permission" VALUES(48,12,'view_publicationlink','Can view link');
INSERT INTO "auth_permission" VALUES(49,13,'add_source','Can add source');
INSERT INTO "auth_permission" VALUES(50,13,'change_source','Can change source');
INSERT INTO "auth_permission" VALUES(51,13,'delete_source','Can delete source');
INSERT INTO "auth_permission" VALUES(52,13,'view_source','Can view source');
INSERT INTO "auth_permission" VALUES(53,14,'add_logentry','Can add log entry');
INSERT INTO "auth_permission" VALUES(54,14,'change_logentry','Can change log entry');
INSERT INTO "auth_permission" VALUES(55,14,'delete_logentry','Can delete log entry');
INSERT INTO "auth_permission" VALUES(56,14,'view_logentry','Can view log entry');
INSERT INTO "auth_permission" VALUES(57,15,'add_permission','Can add permission');
INSERT INTO "auth_permission" VALUES(58,15,'change_permission','Can change permission');
INSERT INTO "auth_permission" VALUES(59,15,'delete_permission','Can delete permission');
INSERT INTO "auth_permission" VALUES(60,15,'view_permission','Can view permission');
INSERT INTO "auth_permission" VALUES(61,16,'add_group','Can add group');
INSERT INTO "auth_permission" VALUES(62,16,'change_group','Can change group');
INSERT INTO "auth_permission" VALUES(63,16,'delete_group','Can delete group');
INSERT INTO "auth_permission" VALUES(64,16,'view_group','Can view group');
INSERT INTO "auth_permission" VALUES(65,17,'add_user','Can add user');
INSERT INTO "auth_permission" VALUES(66,17,'change_user','Can change user');
INSERT INTO "auth_permission" VALUES(67,17,'delete_user','Can delete user');
INSERT INTO "auth_permission" VALUES(68,17,'view_user','Can view user');
INSERT INTO "auth_permission" VALUES(69,18,'add_contenttype','Can add content type');
INSERT INTO "auth_permission" VALUES(70,18,'change_contenttype','Can change content type');
INSERT INTO "auth_permission" VALUES(71,18,'delete_contenttype','Can delete content type');
INSERT INTO "auth_permission" VALUES(72,18,'view_contenttype','Can view content type');
INSERT INTO "auth_permission" VALUES(73,19,'add_session','Can add session');
INSERT INTO "auth_permission" VALUES(74,19,'change_session','Can change session');
INSERT INTO "auth_permission" VALUES(75,19,'delete_session','Can delete session');
INSERT INTO "auth_permission" VALUES(76,19,'view_session','Can view session');
INSERT INTO "auth_permission" VALUES(77,20,'add_site','Can add site');
INSERT INTO "auth_permission" VALUES(78,20,'change_site','Can change site');
INSERT INTO "auth_permission" VALUES(79,20,'delete_site','Can delete site');
INSERT INTO "auth_permission" VALUES(80,20,'view_site','Can view site');
INSERT INTO "auth_permission" VALUES(81,21,'add_redirect','Can add redirect');
INSERT INTO "auth_permission" VALUES(82,21,'change_redirect','Can change redirect');
INSERT INTO "auth_permission" VALUES(83,21,'delete_redirect','Can delete redirect');
INSERT INTO "auth_permission" VALUES(84,21,'view_redirect','Can view redirect');
INSERT INTO "auth_permission" VALUES(85,22,'add_accessattempt','Can add access attempt');
INSERT INTO "auth_permission" VALUES(86,22,'change_accessattempt','Can change access attempt');
INSERT INTO "auth_permission" VALUES(87,22,'delete_accessattempt','Can delete access attempt');
INSERT INTO "auth_permission" VALUES(88,22,'view_accessattempt','Can view access attempt');
INSERT INTO "auth_permission" VALUES(89,23,'add_accesslog','Can add access log');
INSERT INTO "auth_permission" VALUES(90,23,'change_accesslog','Can change access log');
INSERT INTO "auth_permission" VALUES(91,23,'delete_accesslog','Can delete access log');
INSERT INTO "auth_permission" VALUES(92,23,'view_accesslog','Can view access log');
INSERT INTO "auth_permission" VALUES(93,24,'add_accessfailurelog','Can add access failure');
INSERT INTO "auth_permission" VALUES(94,24,'change_accessfailurelog','Can change access failure');
INSERT INTO "auth_permission" VALUES(95,24,'delete_accessfailurelog','Can delete access failure');
INSERT INTO "auth_permission" VALUES(96,24,'view_accessfailurelog','Can view access failure');
INSERT INTO "auth_permission" VALUES(97,25,'add_accessattemptexpiration','Can add access attempt expiration');
INSERT INTO "auth_permission" VALUES(98,25,'change_accessattemptexpiration','Can change access attempt expiration');
INSERT INTO "auth_permission" VALUES(99,25,'delete_accessattemptexpiration','Can delete access attempt expiration');
INSERT INTO "auth_permission" VALUES(100,25,'view_accessattemptexpiration','Can view access attempt expiration');
CREATE TABLE "auth_user" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "password" varchar(128) NOT NULL, "last_login" datetime NULL, "is_superuser" bool NOT NULL, "username" varchar(150) NOT NULL UNIQUE, "last_name" varchar(150) NOT NULL, "email" varchar(254) NOT NULL, "is_staff" bool NOT NULL, "is_active" bool NOT NULL, "date_joined" datetime NOT NULL, "first_name" varchar(150) NOT NULL);
INSERT INTO "auth_user" VALUES(1,'!',NULL,1,'owner','','',1,1,'2026-11-24 12:16:33.235585','');
CREATE TABLE "auth_user_groups" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "user_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "group_id" integer NOT NULL REFERENCES "auth_group" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "auth_user_user_permissions" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "user_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "permission_id" integer NOT NULL REFERENCES "auth_permission" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "axes_accessattempt" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "user_agent" varchar(255) NOT NULL, "ip_address" char(39) NULL, "username" varchar(255) NULL, "http_accept" varchar(1025) NOT NULL, "path_info" varchar(255) NOT NULL, "attempt_time" datetime NOT NULL, "get_data" text NOT NULL, "post_data" text NOT NULL, "failures_since_start" integer unsigned NOT NULL CHECK ("failures_since_start" >= 0));
CREATE TABLE "axes_accessattemptexpiration" ("access_attempt_id" integer NOT NULL PRIMARY KEY REFERENCES "axes_accessattempt" ("id") DEFERRABLE INITIALLY DEFERRED, "expires_at" datetime NOT NULL);
CREATE TABLE "axes_accessfailurelog" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "user_agent" varchar(255) NOT NULL, "ip_address" char(39) NULL, "username" varchar(255) NULL, "http_accept" varchar(1025) NOT NULL, "path_info" varchar(255) NOT NULL, "attempt_time" datetime NOT NULL, "locked_out" bool NOT NULL);
CREATE TABLE "axes_accesslog" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "user_agent" varchar(255) NOT NULL, "ip_address" char(39) NULL, "username" varchar(255) NULL, "http_accept" varchar(1025) NOT NULL, "path_info" varchar(255) NOT NULL, "attempt_time" datetime NOT NULL, "logout_time" datetime NULL, "session_hash" varchar(64) NOT NULL);
CREATE TABLE "django_admin_log" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "object_id" text NULL, "object_repr" varchar(200) NOT NULL, "action_flag" smallint unsigned NOT NULL CHECK ("action_flag" >= 0), "change_message" text NOT NULL, "content_type_id" integer NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED, "user_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "action_time" datetime NOT NULL);
CREATE TABLE "django_content_type" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "app_label" varchar(100) NOT NULL, "model" varchar(100) NOT NULL);
INSERT INTO "django_content_type" VALUES(1,'homepage','section');
INSERT INTO "django_content_type" VALUES(2,'profiles','newsitem');
INSERT INTO "django_content_type" VALUES(3,'profiles','profile');
INSERT INTO "django_content_type" VALUES(4,'profiles','profilelink');
INSERT INTO "django_content_type" VALUES(5,'publications','category');
INSERT INTO "django_content_type" VALUES(6,'publications','importrun');
INSERT INTO "django_content_type" VALUES(7,'publications','topic');
INSERT INTO "django_content_type" VALUES(8,'publications','author');
INSERT INTO "django_content_type" VALUES(9,'publications','authorship');
INSERT INTO "django_content_type" VALUES(10,'publications','publication');
INSERT INTO "django_content_type" VALUES(11,'publications','venue');
INSERT INTO "django_content_type" VALUES(12,'publications','publicationlink');
INSERT INTO "django_content_type" VALUES(13,'publications','source');
INSERT INTO "django_content_type" VALUES(14,'admin','logentry');
INSERT INTO "django_content_type" VALUES(15,'auth','permission');
INSERT INTO "django_content_type" VALUES(16,'auth','group');
INSERT INTO "django_content_type" VALUES(17,'auth','user');
INSERT INTO "django_content_type" VALUES(18,'contenttypes','contenttype');
INSERT INTO "django_content_type" VALUES(19,'sessions','session');
INSERT INTO "django_content_type" VALUES(20,'sites','site');
INSERT INTO "django_content_type" VALUES(21,'redirects','redirect');
INSERT INTO "django_content_type" VALUES(22,'axes','accessattempt');
INSERT INTO "django_content_type" VALUES(23,'axes','accesslog');
INSERT INTO "django_content_type" VALUES(24,'axes','accessfailurelog');
INSERT INTO "django_content_type" VALUES(25,'axes','accessattemptexpiration');
CREATE TABLE "django_migrations" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "app" varchar(255) NOT NULL, "name" varchar(255) NOT NULL, "applied" datetime NOT NULL);
INSERT INTO "django_migrations" VALUES(1,'contenttypes','0001_initial','2026-11-24 12:16:32.067924');
INSERT INTO "django_migrations" VALUES(2,'auth','0001_initial','2026-11-24 12:16:32.087291');
INSERT INTO "django_migrations" VALUES(3,'admin','0001_initial','2026-11-24 12:16:32.106736');
INSERT INTO "django_migrations" VALUES(4,'admin','0002_logentry_remove_auto_add','2026-11-24 12:16:32.116074');
INSERT INTO "django_migrations" VALUES(5,'admin','0003_logentry_add_action_flag_choices','2026-11-24 12:16:32.127721');
INSERT INTO "django_migrations" VALUES(6,'contenttypes','0002_remove_content_type_name','2026-11-24 12:16:32.157805');
INSERT INTO "django_migrations" VALUES(7,'auth','0002_alter_permission_name_max_length','2026-11-24 12:16:32.171925');
INSERT INTO "django_migrations" VALUES(8,'auth','0003_alter_user_email_max_length','2026-11-24 12:16:32.188824');
INSERT INTO "django_migrations" VALUES(9,'auth','0004_alter_user_username_opts','2026-11-24 12:16:32.192168');
INSERT INTO "django_migrations" VALUES(10,'auth','0005_alter_user_last_login_null','2026-11-24 12:16:32.208764');
INSERT INTO "django_migrations" VALUES(11,'auth','0006_require_contenttypes_0002','2026-11-24 12:16:32.213422');
INSERT INTO "django_migrations" VALUES(12,'auth','0007_alter_validators_add_error_messages','2026-11-24 12:16:32.216487');
INSERT INTO "django_migrations" VALUES(13,'auth','0008_alter_user_username_max_length','2026-11-24 12:16:32.232135');
INSERT INTO "django_migrations" VALUES(14,'auth','0009_alter_user_last_name_max_length','2026-11-24 12:16:32.254344');
INSERT INTO "django_migrations" VALUES(15,'auth','0010_alter_group_name_max_length','2026-11-24 12:16:32.263062');
INSERT INTO "django_migrations" VALUES(16,'auth','0011_update_proxy_permissions','2026-11-24 12:16:32.274634');
INSERT INTO "django_migrations" VALUES(17,'auth','0012_alter_user_first_name_max_length','2026-11-24 12:16:32.297565');
INSERT INTO "django_migrations" VALUES(18,'axes','0001_initial','2026-11-24 12:16:32.299820');
INSERT INTO "django_migrations" VALUES(19,'axes','0002_auto_20151217_2044','2026-11-24 12:16:32.355138');
INSERT INTO "django_migrations" VALUES(20,'axes','0003_auto_20160322_0929','2026-11-24 12:16:32.377692');
INSERT INTO "django_migrations" VALUES(21,'axes','0004_auto_20181024_1538','2026-11-24 12:16:32.391814');
INSERT INTO "django_migrations" VALUES(22,'axes','0005_remove_accessattempt_trusted','2026-11-24 12:16:32.402902');
INSERT INTO "django_migrations" VALUES(23,'axes','0006_remove_accesslog_trusted','2026-11-24 12:16:32.414043');
INSERT INTO "django_migrations" VALUES(24,'axes','0007_alter_accessattempt_unique_together','2026-11-24 12:16:32.434959');
INSERT INTO "django_migrations" VALUES(25,'axes','0008_accessfailurelog','2026-11-24 12:16:32.436585');
INSERT INTO "django_migrations" VALUES(26,'axes','0009_add_session_hash','2026-11-24 12:16:32.447643');
INSERT INTO "django_migrations" VALUES(27,'axes','0010_accessattemptexpiration','2026-11-24 12:16:32.457695');
INSERT INTO "django_migrations" VALUES(28,'publications','0001_initial','2026-11-24 12:16:32.725397');
INSERT INTO "django_migrations" VALUES(29,'homepage','0001_initial','2026-11-24 12:16:32.753839');
INSERT INTO "django_migrations" VALUES(30,'profiles','0001_initial','2026-11-24 12:16:32.763243');
INSERT INTO "django_migrations" VALUES(31,'sites','0001_initial','2026-11-24 12:16:32.764520');
INSERT INTO "django_migrations" VALUES(32,'redirects','0001_initial','2026-11-24 12:16:32.774941');
INSERT INTO "django_migrations" VALUES(33,'redirects','0002_alter_redirect_new_path_help_text','2026-11-24 12:16:32.776346');
INSERT INTO "django_migrations" VALUES(34,'sessions','0001_initial','2026-11-24 12:16:32.785964');
INSERT INTO "django_migrations" VALUES(35,'sites','0002_alter_domain_unique','2026-11-24 12:16:32.797902');
CREATE TABLE "django_redirect" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "site_id" integer NOT NULL REFERENCES "django_site" ("id") DEFERRABLE INITIALLY DEFERRED, "old_path" varchar(200) NOT NULL, "new_path" varchar(200) NOT NULL);
INSERT INTO "django_redirect" VALUES(1,1,'/about/','/');
INSERT INTO "django_redirect" VALUES(2,1,'/about.html','/');
CREATE TABLE "django_session" ("session_key" varchar(40) NOT NULL PRIMARY KEY, "session_data" text NOT NULL, "expire_date" datetime NOT NULL);
CREATE TABLE "django_site" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(50) NOT NULL, "domain" varchar(100) NOT NULL UNIQUE);
INSERT INTO "django_site" VALUES(1,'localhost:8000','localhost:8000');
CREATE TABLE "homepage_section" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "slug" varchar(100) NOT NULL UNIQUE, "title" varchar(200) NOT NULL, "place" varchar(10) NOT NULL, "shows" varchar(20) NOT NULL, "body" text NOT NULL, "group_by" varchar(10) NOT NULL, "position" integer unsigned NOT NULL CHECK ("position" >= 0), "visibility" varchar(10) NOT NULL, "imported" text NOT NULL CHECK ((JSON_VALID("imported") OR "imported" IS NULL)), "modified" datetime NOT NULL);
INSERT INTO "homepage_section" VALUES(1,'about-me','About me','home','text','I study for a Ph.D. at Peking University with [Zhouchen Lin](https://zhouchenlin.github.io/). Before that I took two bachelor''s degrees there, one in computer science and technology and one in psychology, both in 2020.

What I work on is machine learning: deep learning and its optimization, models that borrow from the brain, and what they bring to vision, to image processing and to neuroscience.

I spent the summer of 2019 at Johns Hopkins University, as a guest of [Alan Yuille](http://www.cs.jhu.edu/~ayuille/) in the [CCVL lab](https://ccvl.jhu.edu/), and the months from September 2019 to June 2020 at Microsoft Research Asia, as an intern with [Tie-Yan Liu](https://www.microsoft.com/en-us/research/people/tyliu/).','category',1,'public','{"title": "About me", "body": "I study for a Ph.D. at Peking University with [Zhouchen Lin](https://zhouchenlin.github.io/). Before that I took two bachelor''s degrees there, one in computer science and technology and one in psychology, both in 2020.\n\nWhat I work on is machine learning: deep learning and its optimization, models that borrow from the brain, and what they bring to vision, to image processing and to neuroscience.\n\nI spent the summer of 2019 at Johns Hopkins University, as a guest of [Alan Yuille](http://www.cs.jhu.edu/~ayuille/) in the [CCVL lab](https://ccvl.jhu.edu/), and the months from September 2019 to June 2020 at Microsoft Research Asia, as an intern with [Tie-Yan Liu](https://www.microsoft.com/en-us/research/people/tyliu/).", "shows": "text", "group_by": "category", "key": "about-me"}','2026-11-24 12:16:33.223733');
INSERT INTO "homepage_section" VALUES(2,'publications-2','Publications','home','publications','','category',2,'public','{"title": "Publications", "shows": "publications", "group_by": "category", "categories": ["journal-papers", "conference-papers", "preprints"], "key": "publications"}','2026-11-24 12:16:33.233431');
INSERT INTO "homepage_section" VALUES(3,'teaching','Teaching','page','text','Lectures on $e^{i\pi}$ and seminars.','category',9,'public','{}','2026-11-24 12:18:09.075964');
INSERT INTO "homepage_section" VALUES(4,'news','News','home','news','','category',10,'public','{}','2026-11-24 12:18:09.076662');
CREATE TABLE "homepage_section_categories" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "section_id" bigint NOT NULL REFERENCES "homepage_section" ("id") DEFERRABLE INITIALLY DEFERRED, "category_id" bigint NOT NULL REFERENCES "publications_category" ("id") DEFERRABLE INITIALLY DEFERRED);
INSERT INTO "homepage_section_categories" VALUES(1,2,1);
INSERT INTO "homepage_section_categories" VALUES(2,2,2);
INSERT INTO "homepage_section_categories" VALUES(3,2,3);
CREATE TABLE "profiles_newsitem" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "date" date NOT NULL, "body" text NOT NULL, "visibility" varchar(10) NOT NULL, "modified" datetime NOT NULL);
INSERT INTO "profiles_newsitem" VALUES(1,'2024-09-25','A paper on *folding* is accepted.','public','2026-11-24 12:18:09.074237');
INSERT INTO "profiles_newsitem" VALUES(2,'2024-10-01','Not yet told.','draft','2026-11-24 12:18:09.074407');
CREATE TABLE "profiles_profile" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(200) NOT NULL, "native_name" varchar(200) NOT NULL, "headline" varchar(200) NOT NULL, "affiliation" varchar(300) NOT NULL, "affiliation_url" varchar(2000) NOT NULL, "location" varchar(200) NOT NULL, "email" varchar(254) NOT NULL, "photo" varchar(200) NOT NULL, "cv" varchar(200) NOT NULL, "summary" varchar(300) NOT NULL, "imported" text NOT NULL CHECK ((JSON_VALID("imported") OR "imported" IS NULL)), "modified" datetime NOT NULL, CONSTRAINT "profile_one_row" CHECK ("id" = 1));
INSERT INTO "profiles_profile" VALUES(1,'Mingqing Xiao','','','','','','','photos/0123456789abcdef0123456789abcdef.png','','','{"name": "Mingqing Xiao"}','2026-11-24 12:18:09.060575');
CREATE TABLE "profiles_profilelink" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "position" integer unsigned NOT NULL CHECK ("position" >= 0), "kind" varchar(20) NOT NULL, "label" varchar(100) NOT NULL, "url" varchar(2000) NOT NULL, "profile_id" bigint NOT NULL REFERENCES "profiles_profile" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "profilelink_has_address" CHECK (NOT ("url" = '')));
INSERT INTO "profiles_profilelink" VALUES(1,0,'orcid','','https://orcid.org/0000-0002-1825-0097',1);
INSERT INTO "profiles_profilelink" VALUES(2,1,'website','Laboratory','https://lab.example.org/',1);
CREATE TABLE "publications_author" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "slug" varchar(100) NOT NULL UNIQUE, "given" varchar(200) NOT NULL, "particle" varchar(50) NOT NULL, "family" varchar(200) NOT NULL, "suffix" varchar(50) NOT NULL, "literal" varchar(300) NOT NULL, "native_name" varchar(200) NOT NULL, "url" varchar(2000) NOT NULL, "orcid" varchar(19) NOT NULL, "aliases" text NOT NULL, "is_owner" bool NOT NULL, CONSTRAINT "author_has_a_name" CHECK (NOT ("family" = '' AND "literal" = '')));
INSERT INTO "publications_author" VALUES(1,'mingqing-xiao','Mingqing','','Xiao','','','','','','',1);
INSERT INTO "publications_author" VALUES(2,'shuxin-zheng','Shuxin','','Zheng','','','','','','',0);
INSERT INTO "publications_author" VALUES(3,'chang-liu','Chang','','Liu','','','','','','',0);
INSERT INTO "publications_author" VALUES(4,'zhouchen-lin','Zhouchen','','Lin','','','','','','',0);
INSERT INTO "publications_author" VALUES(5,'tie-yan-liu','Tie-Yan','','Liu','','','','','','',0);
INSERT INTO "publications_author" VALUES(6,'qingyan-meng','Qingyan','','Meng','','','','','','',0);
INSERT INTO "publications_author" VALUES(7,'shen-yan','Shen','','Yan','','','','','','',0);
INSERT INTO "publications_author" VALUES(8,'yisen-wang','Yisen','','Wang','','','','','','',0);
INSERT INTO "publications_author" VALUES(9,'zhi-quan-luo','Zhi-Quan','','Luo','','','','','','',0);
INSERT INTO "publications_author" VALUES(10,'jia-li','Jia','','Li','','','','','','',0);
INSERT INTO "publications_author" VALUES(11,'cong-fang','Cong','','Fang','','','','','','',0);
INSERT INTO "publications_author" VALUES(12,'yue-dai','Yue','','Dai','','','','','','',0);
INSERT INTO "publications_author" VALUES(13,'chao-xu','Chao','','Xu','','','','','','',0);
INSERT INTO "publications_author" VALUES(14,'zongpeng-zhang','Zongpeng','','Zhang','','','','','','',0);
INSERT INTO "publications_author" VALUES(15,'di-he','Di','','He','','','','','','',0);
INSERT INTO "publications_author" VALUES(16,'yaolong-wang','Yaolong','','Wang','','','','','','',0);
INSERT INTO "publications_author" VALUES(17,'jiang-bian','Jiang','','Bian','','','','','','',0);
INSERT INTO "publications_author" VALUES(18,'guolin-ke','Guolin','','Ke','','','','','','',0);
INSERT INTO "publications_author" VALUES(19,'adam-kortylewski','Adam','','Kortylewski','','','','','','',0);
INSERT INTO "publications_author" VALUES(20,'ruihai-wu','Ruihai','','Wu','','','','','','',0);
INSERT INTO "publications_author" VALUES(21,'siyuan-qiao','Siyuan','','Qiao','','','','','','',0);
INSERT INTO "publications_author" VALUES(22,'wei-shen','Wei','','Shen','','','','','','',0);
INSERT INTO "publications_author" VALUES(23,'alan-yuille','Alan','','Yuille','','','','','','',0);
CREATE TABLE "publications_authorship" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "position" integer unsigned NOT NULL CHECK ("position" >= 0), "printed_name" varchar(300) NOT NULL, "marks" varchar(20) NOT NULL, "equal_contribution" bool NOT NULL, "corresponding" bool NOT NULL, "author_id" bigint NOT NULL REFERENCES "publications_author" ("id") DEFERRABLE INITIALLY DEFERRED, "publication_id" bigint NOT NULL REFERENCES "publications_publication" ("id") DEFERRABLE INITIALLY DEFERRED);
INSERT INTO "publications_authorship" VALUES(1,1,'','',0,0,1,1);
INSERT INTO "publications_authorship" VALUES(2,2,'','',0,0,2,1);
INSERT INTO "publications_authorship" VALUES(3,3,'','',0,0,3,1);
INSERT INTO "publications_authorship" VALUES(4,4,'','',0,0,4,1);
INSERT INTO "publications_authorship" VALUES(5,5,'','',0,0,5,1);
INSERT INTO "publications_authorship" VALUES(6,1,'','',0,0,6,2);
INSERT INTO "publications_authorship" VALUES(7,2,'','',0,0,7,2);
INSERT INTO "publications_authorship" VALUES(8,3,'','',0,0,1,2);
INSERT INTO "publications_authorship" VALUES(9,4,'','',0,0,8,2);
INSERT INTO "publications_authorship" VALUES(10,5,'','',0,0,4,2);
INSERT INTO "publications_authorship" VALUES(11,6,'','',0,0,9,2);
INSERT INTO "publications_authorship" VALUES(12,1,'','',0,0,10,3);
INSERT INTO "publications_authorship" VALUES(13,2,'','',0,0,1,3);
INSERT INTO "publications_authorship" VALUES(14,3,'','',0,0,11,3);
INSERT INTO "publications_authorship" VALUES(15,4,'','',0,0,12,3);
INSERT INTO "publications_authorship" VALUES(16,5,'','',0,0,13,3);
INSERT INTO "publications_authorship" VALUES(17,6,'','',0,0,4,3);
INSERT INTO "publications_authorship" VALUES(18,1,'','',0,0,1,4);
INSERT INTO "publications_authorship" VALUES(19,2,'','',0,0,6,4);
INSERT INTO "publications_authorship" VALUES(20,3,'','',0,0,14,4);
INSERT INTO "publications_authorship" VALUES(21,4,'','',0,0,15,4);
INSERT INTO "publications_authorship" VALUES(22,5,'','',0,0,4,4);
INSERT INTO "publications_authorship" VALUES(23,1,'','',0,0,6,5);
INSERT INTO "publications_authorship" VALUES(24,2,'','',0,0,1,5);
INSERT INTO "publications_authorship" VALUES(25,3,'','',0,0,7,5);
INSERT INTO "publications_authorship" VALUES(26,4,'','',0,0,8,5);
INSERT INTO "publications_authorship" VALUES(27,5,'','',0,0,4,5);
INSERT INTO "publications_authorship" VALUES(28,6,'','',0,0,9,5);
INSERT INTO "publications_authorship" VALUES(29,1,'','',0,0,1,6);
INSERT INTO "publications_authorship" VALUES(30,2,'','',0,0,6,6);
INSERT INTO "publications_authorship" VALUES(31,3,'','',0,0,14,6);
INSERT INTO "publications_authorship" VALUES(32,4,'','',0,0,8,6);
INSERT INTO "publications_authorship" VALUES(33,5,'','',0,0,4,6);
INSERT INTO "publications_authorship" VALUES(34,1,'','',0,0,1,7);
INSERT INTO "publications_authorship" VALUES(35,2,'','',0,0,2,7);
INSERT INTO "publications_authorship" VALUES(36,3,'','',0,0,3,7);
INSERT INTO "publications_authorship" VALUES(37,4,'','',0,0,16,7);
INSERT INTO "publications_authorship" VALUES(38,5,'','',0,0,15,7);
INSERT INTO "publications_authorship" VALUES(39,6,'','',0,0,17,7);
INSERT INTO "publications_authorship" VALUES(40,7,'','',0,0,18,7);
INSERT INTO "publications_authorship" VALUES(41,8,'','',0,0,4,7);
INSERT INTO "publications_authorship" VALUES(42,9,'','',0,0,5,7);
INSERT INTO "publications_authorship" VALUES(43,1,'','',0,0,1,8);
INSERT INTO "publications_authorship" VALUES(44,2,'','',0,0,19,8);
INSERT INTO "publications_authorship" VALUES(45,3,'','',0,0,20,8);
INSERT INTO "publications_authorship" VALUES(46,4,'','',0,0,21,8);
INSERT INTO "publications_authorship" VALUES(47,5,'','',0,0,22,8);
INSERT INTO "publications_authorship" VALUES(48,6,'','',0,0,23,8);
INSERT INTO "publications_authorship" VALUES(49,1,'','',0,0,16,9);
INSERT INTO "publications_authorship" VALUES(50,2,'','',0,0,1,9);
INSERT INTO "publications_authorship" VALUES(51,3,'','',0,0,3,9);
INSERT INTO "publications_authorship" VALUES(52,4,'','',0,0,2,9);
INSERT INTO "publications_authorship" VALUES(53,5,'','',0,0,5,9);
CREATE TABLE "publications_category" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "slug" varchar(100) NOT NULL UNIQUE, "title" varchar(200) NOT NULL, "intro" text NOT NULL, "default_kind" varchar(20) NOT NULL, "position" integer unsigned NOT NULL CHECK ("position" >= 0), "ordering" varchar(10) NOT NULL, "imported" text NOT NULL CHECK ((JSON_VALID("imported") OR "imported" IS NULL)));
INSERT INTO "publications_category" VALUES(1,'journal-papers','Journal papers','','article-journal',1,'newest','{"title": "Journal papers", "intro": "", "default_kind": "article-journal", "position": 1, "ordering": "newest"}');
INSERT INTO "publications_category" VALUES(2,'conference-papers','Conference papers','','paper-conference',2,'newest','{"title": "Conference papers", "intro": "", "default_kind": "paper-conference", "position": 2, "ordering": "newest"}');
INSERT INTO "publications_category" VALUES(3,'preprints','Preprints','','article',3,'newest','{"title": "Preprints", "intro": "", "default_kind": "article", "position": 3, "ordering": "newest"}');
CREATE TABLE "publications_importrun" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "source" varchar(500) NOT NULL, "created" datetime NOT NULL, "report" text NOT NULL);
INSERT INTO "publications_importrun" VALUES(1,'about.md','2026-11-24 12:16:33.131735','Read about.md
Owner: Mingqing Xiao
Line 9: section “About me” (text): new
Line 17: section “Publications” (publications): new
Line 19: Journal papers
  Line 21: new: Invertible Rescaling Network and Its Extensions
    5 authors; International Journal of Computer Vision (IJCV); 2022; DOI 10.1007/s11263-022-01688-4; arXiv 2210.04188; links: link, arxiv, code
  Line 25: new: Training Much Deeper Spiking Neural Networks with A Small Number of Time-Steps
    6 authors; Neural Networks; 2022; links: link
  Line 29: new: Training Neural Networks by Lifted Proximal Operator Machines
    6 authors; IEEE Transactions on Pattern Analysis and Machine Intelligence (TPAMI); 2020; links: link
Line 33: Conference papers
  Line 35: new: Online Training Through Time for Spiking Neural Networks
    5 authors; Advances in Neural Information Processing Systems (NeurIPS); 2022; award: Spotlight; arXiv 2210.04195; links: openreview, arxiv, code
  Line 39: new: Training High-Performance Low-Latency Spiking Neural Networks by Differentiation on Spike Representation
    6 authors; IEEE/CVF Conference on Computer Vision and Pattern Recognition (CVPR); 2022; arXiv 2205.00459; links: link, arXiv, code
  Line 43: new: Training Feedback Spiking Neural Networks by Implicit Differentiation on the Equilibrium State
    5 authors; Advances in Neural Information Processing Systems (NeurIPS); 2021; award: Spotlight, Top 3%; arXiv 2109.14247; links: openreview, arxiv, code
  Line 47: new: Invertible Image Rescaling
    9 authors; European Conference on Computer Vision (ECCV); 2020; award: Oral, Top 2%; DOI 10.1007/978-3-030-58452-8_8; arXiv 2005.05650; links: link, arXiv, code
  Line 51: new: TDMPNet: Prototype Network with Recurrent Top-Down Modulation for Robust Object Classification under Partial Occlusion
    6 authors; European Conference on Computer Vision Workshops (ECCVW); 2020; links: link
Line 55: Preprints
  Line 57: new: Modeling Lost Information in Lossy Image Compression
    5 authors; no venue; 2020-06; arXiv 2006.11999; links: arXiv
Line 5: /about/ → /
Line 6: /about.html → /');
CREATE TABLE "publications_publication" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "slug" varchar(100) NOT NULL UNIQUE, "title" varchar(1000) NOT NULL, "kind" varchar(20) NOT NULL, "status" varchar(10) NOT NULL, "and_others" bool NOT NULL, "conjunction" varchar(10) NOT NULL, "venue_prefix" varchar(60) NOT NULL, "year" smallint unsigned NULL CHECK ("year" >= 0), "month" smallint unsigned NULL CHECK ("month" >= 0), "day" smallint unsigned NULL CHECK ("day" >= 0), "volume" varchar(50) NOT NULL, "number" varchar(50) NOT NULL, "pages" varchar(100) NOT NULL, "publisher" varchar(300) NOT NULL, "award" varchar(300) NOT NULL, "note" varchar(2000) NOT NULL, "abstract" text NOT NULL, "language" varchar(35) NOT NULL, "doi" varchar(200) NOT NULL, "arxiv_id" varchar(30) NOT NULL, "isbn" varchar(13) NOT NULL, "issn" varchar(9) NOT NULL, "citation_key" varchar(200) NOT NULL, "pdf" varchar(200) NOT NULL, "image" varchar(200) NOT NULL, "selected" bool NOT NULL, "position" integer unsigned NOT NULL CHECK ("position" >= 0), "visibility" varchar(10) NOT NULL, "doubts" text NOT NULL, "version" integer unsigned NOT NULL CHECK ("version" >= 0), "search_text" text NOT NULL, "created" datetime NOT NULL, "modified" datetime NOT NULL, "category_id" bigint NULL REFERENCES "publications_category" ("id") DEFERRABLE INITIALLY DEFERRED, "venue_id" bigint NULL REFERENCES "publications_venue" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "publication_year_has_four_digits" CHECK (("year" IS NULL OR "year" BETWEEN 1000 AND 9999)), CONSTRAINT "publication_month_is_a_month" CHECK (("month" IS NULL OR "month" BETWEEN 1 AND 12)), CONSTRAINT "publication_day_has_a_month" CHECK (("day" IS NULL OR ("day" BETWEEN 1 AND 31 AND "month" IS NOT NULL))), CONSTRAINT "publication_has_a_title" CHECK (NOT ("title" = '')), CONSTRAINT "publication_visibility_is_known" CHECK ("visibility" IN ('public', 'draft', 'trash')));
INSERT INTO "publications_publication" VALUES(1,'invertible-rescaling-network-and-its-extensions','Invertible Rescaling Network and Its Extensions','article-journal','published',0,'','',2022,NULL,NULL,'','','','','','','We fold ä, ß and 中文.','','10.1007/s11263-022-01688-4','2210.04188','','','','papers/fedcba9876543210fedcba9876543210.pdf','',0,1,'public','',0,'invertible rescaling network and its extensions mingqing xiao shuxin zheng chang liu zhouchen lin tie yan liu international journal of computer vision ijcv','2026-11-24 12:16:33.166291','2026-11-24 12:18:09.097633',1,1);
INSERT INTO "publications_publication" VALUES(2,'training-much-deeper-spiking-neural-networks-with-a-small-number-of-time-steps','Training Much Deeper Spiking Neural Networks with A Small Number of Time-Steps','article-journal','published',0,'','',2022,NULL,NULL,'','','','','','','','','','','','','','','',0,2,'public','',0,'training much deeper spiking neural networks with a small number of time steps qingyan meng shen yan mingqing xiao yisen wang zhouchen lin zhi quan luo neural networks','2026-11-24 12:16:33.166355','2026-11-24 12:16:33.166359',1,2);
INSERT INTO "publications_publication" VALUES(3,'training-neural-networks-by-lifted-proximal-operator-machines','Training Neural Networks by Lifted Proximal Operator Machines','article-journal','published',0,'','',2020,NULL,NULL,'','','','','','','','','','','','','','','',0,3,'public','',0,'training neural networks by lifted proximal operator machines jia li mingqing xiao cong fang yue dai chao xu zhouchen lin ieee transactions on pattern analysis and machine intelligence tpami','2026-11-24 12:16:33.166398','2026-11-24 12:16:33.166403',1,3);
INSERT INTO "publications_publication" VALUES(4,'online-training-through-time-for-spiking-neural-networks','Online Training Through Time for Spiking Neural Networks','paper-conference','published',0,'','',2022,NULL,NULL,'','','','','Spotlight','','','','','2210.04195','','','','','',0,1,'public','',0,'online training through time for spiking neural networks mingqing xiao qingyan meng zongpeng zhang di he zhouchen lin advances in neural information processing systems neurips','2026-11-24 12:16:33.166442','2026-11-24 12:16:33.166446',2,4);
INSERT INTO "publications_publication" VALUES(5,'training-high-performance-low-latency-spiking-neural-networks-by-differentiation','Training High-Performance Low-Latency Spiking Neural Networks by Differentiation on Spike Representation','paper-conference','published',0,'','',2022,NULL,NULL,'','','','','','','','','','2205.00459','','','','','',0,2,'public','',0,'training high performance low latency spiking neural networks by differentiation on spike representation qingyan meng mingqing xiao shen yan yisen wang zhouchen lin zhi quan luo ieee cvf conference on computer vision and pattern recognition cvpr','2026-11-24 12:16:33.166484','2026-11-24 12:16:33.166489',2,5);
INSERT INTO "publications_publication" VALUES(6,'training-feedback-spiking-neural-networks-by-implicit-differentiation-on-the','Training Feedback Spiking Neural Networks by Implicit Differentiation on the Equilibrium State','paper-conference','published',0,'','',2021,NULL,NULL,'','','','','Spotlight, Top 3%','','','','','2109.14247','','','','','',0,3,'public','',0,'training feedback spiking neural networks by implicit differentiation on the equilibrium state mingqing xiao qingyan meng zongpeng zhang yisen wang zhouchen lin advances in neural information processing systems neurips','2026-11-24 12:16:33.166527','2026-11-24 12:16:33.166533',2,4);
INSERT INTO "publications_publication" VALUES(7,'invertible-image-rescaling','Invertible Image Rescaling','paper-conference','published',0,'','',2020,NULL,NULL,'','','','','Oral, Top 2%','','','','10.1007/978-3-030-58452-8_8','2005.05650','','','','','',0,4,'public','',0,'invertible image rescaling mingqing xiao shuxin zheng chang liu yaolong wang di he jiang bian guolin ke zhouchen lin tie yan liu european conference on computer vision eccv','2026-11-24 12:16:33.166596','2026-11-24 12:16:33.166602',2,6);
INSERT INTO "publications_publication" VALUES(8,'tdmpnet-prototype-network-with-recurrent-top-down-modulation-for-robust-object','TDMPNet: Prototype Network with Recurrent Top-Down Modulation for Robust Object Classification under Partial Occlusion','paper-conference','published',0,'','',2020,NULL,NULL,'','','','','','','','','','','','','','','',0,5,'public','',0,'tdmpnet prototype network with recurrent top down modulation for robust object classification under partial occlusion mingqing xiao adam kortylewski ruihai wu siyuan qiao wei shen alan yuille european conference on computer vision workshops eccvw','2026-11-24 12:16:33.166636','2026-11-24 12:16:33.166641',2,7);
INSERT INTO "publications_publication" VALUES(9,'modeling-lost-information-in-lossy-image-compression','Modeling Lost Information in Lossy Image Compression','article','published',0,'','',2020,6,NULL,'','','','','','','','','','2006.11999','','','','','',0,1,'draft','',0,'modeling lost information in lossy image compression yaolong wang mingqing xiao chang liu shuxin zheng tie yan liu','2026-11-24 12:16:33.166676','2026-11-24 12:18:09.098701',3,NULL);
CREATE TABLE "publications_publication_topics" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "publication_id" bigint NOT NULL REFERENCES "publications_publication" ("id") DEFERRABLE INITIALLY DEFERRED, "topic_id" bigint NOT NULL REFERENCES "publications_topic" ("id") DEFERRABLE INITIALLY DEFERRED);
INSERT INTO "publications_publication_topics" VALUES(1,1,1);
CREATE TABLE "publications_publicationlink" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "position" integer unsigned NOT NULL CHECK ("position" >= 0), "label" varchar(200) NOT NULL, "url" varchar(2000) NOT NULL, "file" varchar(200) NOT NULL, "publication_id" bigint NOT NULL REFERENCES "publications_publication" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "publicationlink_leads_somewhere" CHECK (NOT ("file" = '' AND "url" = '')));
INSERT INTO "publications_publicationlink" VALUES(1,1,'link','https://link.springer.com/article/10.1007/s11263-022-01688-4','',1);
INSERT INTO "publications_publicationlink" VALUES(2,2,'arxiv','https://arxiv.org/abs/2210.04188','',1);
INSERT INTO "publications_publicationlink" VALUES(3,3,'code','https://github.com/pkuxmq/Invertible-Image-Rescaling','',1);
INSERT INTO "publications_publicationlink" VALUES(4,1,'link','https://www.sciencedirect.com/science/article/pii/S0893608022002064','',2);
INSERT INTO "publications_publicationlink" VALUES(5,1,'link','https://ieeexplore.ieee.org/document/9311864','',3);
INSERT INTO "publications_publicationlink" VALUES(6,1,'openreview','https://openreview.net/forum?id=Siv3nHYHheI','',4);
INSERT INTO "publications_publicationlink" VALUES(7,2,'arxiv','https://arxiv.org/abs/2210.04195','',4);
INSERT INTO "publications_publicationlink" VALUES(8,3,'code','https://github.com/pkuxmq/OTTT-SNN','',4);
INSERT INTO "publications_publicationlink" VALUES(9,1,'link','https://openaccess.thecvf.com/content/CVPR2022/html/Meng_Training_High-Performance_Low-Latency_Spiking_Neural_Networks_by_Differentiation_on_Spike_CVPR_2022_paper.html','',5);
INSERT INTO "publications_publicationlink" VALUES(10,2,'arXiv','https://arxiv.org/abs/2205.00459','',5);
INSERT INTO "publications_publicationlink" VALUES(11,3,'code','https://github.com/qymeng94/DSR','',5);
INSERT INTO "publications_publicationlink" VALUES(12,1,'openreview','https://openreview.net/forum?id=f2Llmm_z5Sm','',6);
INSERT INTO "publications_publicationlink" VALUES(13,2,'arxiv','https://arxiv.org/abs/2109.14247','',6);
INSERT INTO "publications_publicationlink" VALUES(14,3,'code','https://github.com/pkuxmq/IDE-FSNN','',6);
INSERT INTO "publications_publicationlink" VALUES(15,1,'link','https://link.springer.com/chapter/10.1007/978-3-030-58452-8_8','',7);
INSERT INTO "publications_publicationlink" VALUES(16,2,'arXiv','https://arxiv.org/abs/2005.05650','',7);
INSERT INTO "publications_publicationlink" VALUES(17,3,'code','https://github.com/pkuxmq/Invertible-Image-Rescaling','',7);
INSERT INTO "publications_publicationlink" VALUES(18,1,'link','https://openreview.net/forum?id=v_KSmk9B5kt','',8);
INSERT INTO "publications_publicationlink" VALUES(19,1,'arXiv','https://arxiv.org/abs/2006.11999','',9);
CREATE TABLE "publications_source" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "format" varchar(20) NOT NULL, "text" text NOT NULL, "line" integer unsigned NOT NULL CHECK ("line" >= 0), "extra" text NOT NULL CHECK ((JSON_VALID("extra") OR "extra" IS NULL)), "record" text NOT NULL CHECK ((JSON_VALID("record") OR "record" IS NULL)), "publication_id" bigint NOT NULL REFERENCES "publications_publication" ("id") DEFERRABLE INITIALLY DEFERRED, "run_id" bigint NULL REFERENCES "publications_importrun" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "source_one_per_format" UNIQUE ("publication_id", "format"));
INSERT INTO "publications_source" VALUES(1,'markdown','**Invertible Rescaling Network and Its Extensions** [[link]](https://link.springer.com/article/10.1007/s11263-022-01688-4) [[arxiv]](https://arxiv.org/abs/2210.04188) [[code]](https://github.com/pkuxmq/Invertible-Image-Rescaling)   
**MingqingXiao**, Shuxin Zheng, Chang Liu, Zhouchen Lin, Tie-Yan Liu   
*InternationalJournal of Computer Vision (IJCV), 2022*',21,'{}','{"title": "Invertible Rescaling Network and Its Extensions", "kind": "article-journal", "category": "journal-papers", "position": 1, "status": "published", "authors": [{"given": "Mingqing", "family": "Xiao", "particle": "", "suffix": "", "literal": "", "printed": "", "marks": "", "equal": false, "corresponding": false, "is_owner": true, "url": ""}, {"given": "Shuxin", "family": "Zheng", "particle": "", "suffix": "", "literal": "", "printed": "", "marks": "", "equal": false, "corresponding": false, "is_owner": false, "url": ""}, {"given": "Chang", "family": "Liu", "particle": "", "suffix": "", "literal": "", "printed": "", "marks": "", "equal": false, "corresponding": false, "is_owner": false, "url": ""}, {"given": "Zhouchen", "family": "Lin", "particle": "", "suffix": "", "literal": "", "printed": "", "marks": "", "equal": false, "corresponding": false, "is_owner": false, "url": ""}, {"given": "Tie-Yan", "family": "Liu", "particle": "", "suffix": "", "literal": "", "printed": "", "marks": "", "equal": false, "corresponding": false, "is_owner": false, "url": ""}], "venue": "International Journal of Computer Vision", "venue_acronym": "IJCV", "year": 2022, "doi": "10.1007/s11263-022-01688-4", "arxiv_id": "2210.04188", "links": [{"label": "link", "url": "https://link.springer.com/article/10.1007/s11263-022-01688-4"}, {"label": "arxiv", "url": "https://arxiv.org/abs/2210.04188"}, {"label": "code", "url": "https://github.com/pkuxmq/Invertible-Image-Rescaling"}]}',1,1);
INSERT INTO "publications_source" VALUES(2,'markdown','**Training Much Deeper Spiking Neural Networks with A Small Number of Time-Steps** [[link]](https://www.sciencedirect.com/science/article/pii/S0893608022002064)   
QingyanMeng, Shen Yan, **Mingqing Xiao**, Yisen Wang, Zhouchen Lin, Zhi-Quan Luo   
*NeuralNetworks, 2022*',25,'{}','{"title": "Training Much Deeper Spiking Neural Networks with A Small Number of Time-Steps", "kind": "article-journal", "category": "journal-papers", "position": 2, "status": "published", "authors": [{"given": "Qingyan", "family": "Meng", "particle": "", "suffix": "", "literal": "", "printed": "", "marks": "", "equal": false, "corresponding": false, "is_owner": false, "url": ""}, {"given": "Shen", "family": "Yan", "particle": "", "suffix": "", "literal": "", "printed": "", "marks": "", "equal": false, "corresponding": false, "is_owner": false, "url": ""}, {"given": "Mingqing", "family": "Xiao", "particle": "", "suffix": "", "literal": "", "printed": "", "marks": "", "equal": false, "corresponding": false, "is_owner": true, "url": ""}, {"given": "Yisen", "family": "Wang", "particle": "", "suffix": "", "literal": "", "printed": "", "marks": "", "equal": false, "corresponding": false, "is_owner": false, "url": ""}, {"given": "Zhouchen", "family": "Lin", "particle": "", "suffix": "", "literal": "", "printed": "", "marks": "", "equal": false, "corresponding": false, "is_owner": false, "url": ""}, {"given": "Zhi-Quan", "family": "Luo", "particle": "", "suffix": "", "literal": "", "printed": "", "marks": "", "equal": false, "corresponding": false, "is_owner": false, "url": ""}], "venue": "Neural Networks", "year": 2022, "links": [{"label": "link", "url": "https://www.sciencedirect.com/science/article/pii/S0893608022002064"}]}',2,1);
INSERT INTO "publications_source" VALUES(3,'markdown','**Training Neural Networks by Lifted Proximal Operator Machines** [[link]](https://ieeexplore.ieee.org/document/9311864)   
JiaLi, **Mingqing Xiao**, Cong Fang, Yue Dai, Chao Xu, Zhouchen Lin   
*IEEETransactions on Pattern Analysis and Machine Intelligence (TPAMI), 2020*',29,'{}','{"title": "Training Neural Networks by Lifted Proximal Operator Machines", "kind": "article-journal", "category": "journal-papers", "position": 3, "status": "published", "authors": [{"given": "Jia", "family": "Li", "particle": "", "suffix": "", "literal": "", "printed": "", "marks": "", "equal": false, "corresponding": false, "is_owner": false, "url": ""}, {"given": "Mingqing", "family": "Xiao", "particle": "", "suffix": "", "literal": "", "printed": "", "marks": "", "equal": false, "corresponding": false, "is_owner": true, "url": ""}, {"given": "Cong", "family": "Fang", "particle": "", "suffix": "", "literal": "", "printed": "", "marks": "", "equal": false, "corresponding": false, "is_owner": false, "url": ""}, {"given": "Yue", "family": "Dai", "particle": "", "suffix": "", "literal": "", "printed": "", "marks": "", "equal": false, "corresponding": false, "is_owner": false, "url": ""}, {"given": "Chao", "family": "Xu", "particle": "", "suffix": "", "literal": "", "printed": "", "marks": "", "equal": false, "corresponding": false, "is_owner": false, "url": ""}, {"given": "Zhouchen", "family": "Lin", "particle": "", "suffix": "", "literal": "", "printed": "", "marks": "", "equal": false, "corresponding": false, "is_owner": false, "url": ""}], "venue": "IEEE Transactions on Pattern Analysis and Machine Intelligence", "venue_acronym": "TPAMI", "year": 2020, "links": [{"label": "link", "url": "https://ieeexplore.ieee.org/document/9311864"}]}',3,1);
INSERT INTO "publications_source" VALUES(4,'markdown','**Online Training Through Time for Spiking Neural Networks** [[openreview]](https://openreview.net/forum?id=Siv3nHYHheI) [[arxiv]](https://arxiv.org/abs/2210.04195) [[code]](https://github.com/pkuxmq/OTTT-SNN)   
**MingqingXiao**, Qingyan Meng, Zongpeng Zhang, Di He, Zhouchen Lin   
*Advancesin Neural Information Processing Systems (NeurIPS), 2022* <font color=red>(Spotlight)</font>',35,'{}','{"title": "Online Training Through Time for Spiking Neural Networks", "kind": "paper-conference", "category": "conference-papers", "position": 1, "status": "published", "authors": [{"given": "Mingqing", "family": "Xiao", "particle": "", "suffix": "", "literal": "", "printed": "", "marks": "", "equal": false, "corresponding": false, "is_owner": true, "url": ""}, {"given": "Qingyan", "family": "Meng", "particle": "", "suffix": "", "literal": "", "printed": "", "marks": "", "equal": false, "corresponding": false, "is_owner": false, "url": ""}, {"given": "Zongpeng", "family": "Zhang", "particle": "", "suffix": "", "literal": "", "printed": "", "marks": "", "equal": false, "corresponding": false, "is_owner": false, "url": ""}, {"given": "Di", "family": "He", "particle": "", "suffix": "", "literal": "", "printed": "", "marks": "", "equal": false, "corresponding": false, "is_owner": false, "url": ""}, {"given": "Zhouchen", "family": "Lin", "particle": "", "suffix": "", "literal": "", "printed": "", "marks": "", "equal": false, "corresponding": false, "is_owner": false, "url": ""}], "venue": "Advances in Neural Information Processing Systems", "venue_acronym": "NeurIPS", "year": 2022, "award": "Spotlight", "arxiv_id": "2210.04195", "links": [{"label": "openreview", "url": "https://openreview.net/forum?id=Siv3nHYHheI"}, {"label": "arxiv", "url": "https://arxiv.org/abs/2210.04195"}, {"label": "code", "url": "https://github.com/pkuxmq/OTTT-SNN"}]}',4,1);
INSERT INTO "publications_source" VALUES(5,'markdown','**Training High-Performance Low-Latency Spiking Neural Networks by Differentiation on Spike Representation** [[link]](https://openaccess.thecvf.com/content/CVPR2022/html/Meng_Training_High-Performance_Low-Latency_Spiking_Neural_Networks_by_Differentiation_on_Spike_CVPR_2022_paper.html) [[arXiv]](https://arxiv.org/abs/2205.00459) [[code]](https://github.com/qymeng94/DSR)   
QingyanMeng, **Mingqing Xiao**, Shen Yan, Yisen Wang, Zhouchen Lin, Zhi-Quan Luo   
*IEEE/CVFConference on Computer Vision and Pattern Recognition (CVPR), 2022*',39,'{}','{"title": "Training High-Performance Low-Latency Spiking Neural Networks by Differentiation on Spike Representation", "kind": "paper-conference", "category": "conference-papers", "position": 2, "status": "published", "authors": [{"given": "Qingyan", "family": "Meng", "particle": "", "suffix": "", "literal": "", "printed": "", "marks": "", "equal": false, "corresponding": false, "is_owner": false, "url": ""}, {"given": "Mingqing", "family": "Xiao", "particle": "", "suffix": "", "literal": "", "printed": "", "marks": "", "equal": false, "corresponding": false, "is_owner": true, "url": ""}, {"given": "Shen", "family": "Yan", "particle": "", "suffix": "", "literal": "", "printed": "", "marks": "", "equal": false, "corresponding": false, "is_owner": false, "url": ""}, {"given": "Yisen", "family": "Wang", "particle": "", "suffix": "", "literal": "", "printed": "", "marks": "", "equal": false, "corresponding": false, "is_owner": false, "url": ""}, {"given": "Zhouchen", "family": "Lin", "particle": "", "suffix": "", "literal": "", "printed": "", "marks": "", "equal": false, "corresponding": false, "is_owner": false, "url": ""}, {"given": "Zhi-Quan", "family": "Luo", "particle": "", "suffix": "", "literal": "", "printed": "", "marks": "", "equal": false, "corresponding": false, "is_owner": false, "url": ""}], "venue": "IEEE/CVF Conference on Computer Vision and Pattern Recognition", "venue_acronym": "CVPR", "year": 2022, "arxiv_id": "2205.00459", "links": [{"label": "link", "url": "https://openaccess.thecvf.com/content/CVPR2022/html/Meng_Training_High-Performance_Low-Latency_Spiking_Neural_Networks_by_Differentiation_on_Spike_CVPR_2022_paper.html"}, {"label": "arXiv", "url": "https://arxiv.org/abs/2205.00459"}, {"label": "code", "url": "https://github.com/qymeng94/DSR"}]}',5,1);
INSERT INTO "publications_source" VALUES(6,'markdown','**Training Feedback Spiking Neural Networks by Implicit Differentiation on the Equilibrium State** [[openreview]](https://openreview.net/forum?id=f2Llmm_z5Sm) [[arxiv]](https://arxiv.org/abs/2109.14247) [[code]](https://github.com/pkuxmq/IDE-FSNN)   
**MingqingXiao**, Qingyan Meng, Zongpeng Zhang, Yisen Wang, Zhouchen Lin   
*Advancesin Neural Information Processing Systems (NeurIPS), 2021* <font color=red>(Spotlight, Top 3%)</font>',43,'{}','{"title": "Training Feedback Spiking Neural Networks by Implicit Differentiation on the Equilibrium State", "kind": "paper-conference", "category": "conference-papers", "position": 3, "status": "published", "authors": [{"given": "Mingqing", "family": "Xiao", "particle": "", "suffix": "", "literal": "", "printed": "", "marks": "", "equal": false, "corresponding": false, "is_owner": true, "url": ""}, {"given": "Qingyan", "family": "Meng", "particle": "", "suffix": "", "literal": "", "printed": "", "marks": "", "equal": false, "corresponding": false, "is_owner": false, "url": ""}, {"given": "Zongpeng", "family": "Zhang", "particle": "", "suffix": "", "literal": "", "printed": "", "marks": "", "equal": false, "corresponding": false, "is_owner": false, "url": ""}, {"given": "Yisen", "family": "Wang", "particle": "", "suffix": "", "literal": "", "printed": "", "marks": "", "equal": false, "corresponding": false, "is_owner": false, "url": ""}, {"given": "Zhouchen", "family": "Lin", "particle": "", "suffix": "", "literal": "", "printed": "", "marks": "", "equal": false, "corresponding": false, "is_owner": false, "url": ""}], "venue": "Advances in Neural Information Processing Systems", "venue_acronym": "NeurIPS", "year": 2021, "award": "Spotlight, Top 3%", "arxiv_id": "2109.14247", "links": [{"label": "openreview", "url": "https://openreview.net/forum?id=f2Llmm_z5Sm"}, {"label": "arxiv", "url": "https://arxiv.org/abs/2109.14247"}, {"label": "code", "url": "https://github.com/pkuxmq/IDE-FSNN"}]}',6,1);
INSERT INTO "publications_source" VALUES(7,'markdown','**Invertible Image Rescaling** [[link]](https://link.springer.com/chapter/10.1007/978-3-030-58452-8_8) [[arXiv]](https://arxiv.org/abs/2005.05650) [[code]](https://github.com/pkuxmq/Invertible-Image-Rescaling)   
**MingqingXiao**, Shuxin Zheng, Chang Liu, Yaolong Wang, Di He, Jiang Bian, Guolin Ke, Zhouchen Lin, Tie-Yan Liu   
*EuropeanConference on Computer Vision (ECCV), 2020* <font color=red>(Oral, Top 2%)</font>',47,'{}','{"title": "Invertible Image Rescaling", "kind": "paper-conference", "category": "conference-papers", "position": 4, "status": "published", "authors": [{"given": "Mingqing", "family": "Xiao", "particle": "", "suffix": "", "literal": "", "printed": "", "marks": "", "equal": false, "corresponding": false, "is_owner": true, "url": ""}, {"given": "Shuxin", "family": "Zheng", "particle": "", "suffix": "", "literal": "", "printed": "", "marks": "", "equal": false, "corresponding": false, "is_owner": false, "url": ""}, {"given": "Chang", "family": "Liu", "particle": "", "suffix": "", "literal": "", "printed": "", "marks": "", "equal": false, "corresponding": false, "is_owner": false, "url": ""}, {"given": "Yaolong", "family": "Wang", "particle": "", "suffix": "", "literal": "", "printed": "", "marks": "", "equal": false, "corresponding": false, "is_owner": false, "url": ""}, {"given": "Di", "family": "He", "particle": "", "suffix": "", "literal": "", "printed": "", "marks": "", "equal": false, "corresponding": false, "is_owner": false, "url": ""}, {"given": "Jiang", "family": "Bian", "particle": "", "suffix": "", "literal": "", "printed": "", "marks": "", "equal": false, "corresponding": false, "is_owner": false, "url": ""}, {"given": "Guolin", "family": "Ke", "particle": "", "suffix": "", "literal": "", "printed": "", "marks": "", "equal": false, "corresponding": false, "is_owner": false, "url": ""}, {"given": "Zhouchen", "family": "Lin", "particle": "", "suffix": "", "literal": "", "printed": "", "marks": "", "equal": false, "corresponding": false, "is_owner": false, "url": ""}, {"given": "Tie-Yan", "family": "Liu", "particle": "", "suffix": "", "literal": "", "printed": "", "marks": "", "equal": false, "corresponding": false, "is_owner": false, "url": ""}], "venue": "European Conference on Computer Vision", "venue_acronym": "ECCV", "year": 2020, "award": "Oral, Top 2%", "doi": "10.1007/978-3-030-58452-8_8", "arxiv_id": "2005.05650", "links": [{"label": "link", "url": "https://link.springer.com/chapter/10.1007/978-3-030-58452-8_8"}, {"label": "arXiv", "url": "https://arxiv.org/abs/2005.05650"}, {"label": "code", "url": "https://github.com/pkuxmq/Invertible-Image-Rescaling"}]}',7,1);
INSERT INTO "publications_source" VALUES(8,'markdown','**TDMPNet: Prototype Network with Recurrent Top-Down Modulation for Robust Object Classification under Partial Occlusion** [[link]](https://openreview.net/forum?id=v_KSmk9B5kt)   
**MingqingXiao**, Adam Kortylewski, Ruihai Wu, Siyuan Qiao, Wei Shen, Alan Yuille   
*EuropeanConference on Computer Vision Workshops (ECCVW), 2020*',51,'{}','{"title": "TDMPNet: Prototype Network with Recurrent Top-Down Modulation for Robust Object Classification under Partial Occlusion", "kind": "paper-conference", "category": "conference-papers", "position": 5, "status": "published", "authors": [{"given": "Mingqing", "family": "Xiao", "particle": "", "suffix": "", "literal": "", "printed": "", "marks": "", "equal": false, "corresponding": false, "is_owner": true, "url": ""}, {"given": "Adam", "family": "Kortylewski", "particle": "", "suffix": "", "literal": "", "printed": "", "marks": "", "equal": false, "corresponding": false, "is_owner": false, "url": ""}, {"given": "Ruihai", "family": "Wu", "particle": "", "suffix": "", "literal": "", "printed": "", "marks": "", "equal": false, "corresponding": false, "is_owner": false, "url": ""}, {"given": "Siyuan", "family": "Qiao", "particle": "", "suffix": "", "literal": "", "printed": "", "marks": "", "equal": false, "corresponding": false, "is_owner": false, "url": ""}, {"given": "Wei", "family": "Shen", "particle": "", "suffix": "", "literal": "", "printed": "", "marks": "", "equal": false, "corresponding": false, "is_owner": false, "url": ""}, {"given": "Alan", "family": "Yuille", "particle": "", "suffix": "", "literal": "", "printed": "", "marks": "", "equal": false, "corresponding": false, "is_owner": false, "url": ""}], "venue": "European Conference on Computer Vision Workshops", "venue_acronym": "ECCVW", "year": 2020, "links": [{"label": "link", "url": "https://openreview.net/forum?id=v_KSmk9B5kt"}]}',8,1);
INSERT INTO "publications_source" VALUES(9,'markdown','**Modeling Lost Information in Lossy Image Compression** [[arXiv]](https://arxiv.org/abs/2006.11999)   
YaolongWang; **Mingqing Xiao**; Chang Liu; Shuxin Zheng; Tie-Yan Liu',57,'{}','{"title": "Modeling Lost Information in Lossy Image Compression", "kind": "article", "category": "preprints", "position": 1, "status": "published", "authors": [{"given": "Yaolong", "family": "Wang", "particle": "", "suffix": "", "literal": "", "printed": "", "marks": "", "equal": false, "corresponding": false, "is_owner": false, "url": ""}, {"given": "Mingqing", "family": "Xiao", "particle": "", "suffix": "", "literal": "", "printed": "", "marks": "", "equal": false, "corresponding": false, "is_owner": true, "url": ""}, {"given": "Chang", "family": "Liu", "particle": "", "suffix": "", "literal": "", "printed": "", "marks": "", "equal": false, "corresponding": false, "is_owner": false, "url": ""}, {"given": "Shuxin", "family": "Zheng", "particle": "", "suffix": "", "literal": "", "printed": "", "marks": "", "equal": false, "corresponding": false, "is_owner": false, "url": ""}, {"given": "Tie-Yan", "family": "Liu", "particle": "", "suffix": "", "literal": "", "printed": "", "marks": "", "equal": false, "corresponding": false, "is_owner": false, "url": ""}], "year": 2020, "month": 6, "arxiv_id": "2006.11999", "links": [{"label": "arXiv", "url": "https://arxiv.org/abs/2006.11999"}]}',9,1);
CREATE TABLE "publications_topic" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "slug" varchar(100) NOT NULL UNIQUE, "name" varchar(100) NOT NULL UNIQUE);
INSERT INTO "publications_topic" VALUES(1,'folding','Folding');
CREATE TABLE "publications_venue" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "slug" varchar(100) NOT NULL UNIQUE, "name" varchar(400) NOT NULL, "acronym" varchar(60) NOT NULL, "url" varchar(2000) NOT NULL, CONSTRAINT "venue_name_and_acronym" UNIQUE ("name", "acronym"), CONSTRAINT "venue_has_a_name" CHECK (NOT ("name" = '')));
INSERT INTO "publications_venue" VALUES(1,'ijcv','International Journal of Computer Vision','IJCV','');
INSERT INTO "publications_venue" VALUES(2,'neural-networks','Neural Networks','','');
INSERT INTO "publications_venue" VALUES(3,'tpami','IEEE Transactions on Pattern Analysis and Machine Intelligence','TPAMI','');
INSERT INTO "publications_venue" VALUES(4,'neurips','Advances in Neural Information Processing Systems','NeurIPS','');
INSERT INTO "publications_venue" VALUES(5,'cvpr','IEEE/CVF Conference on Computer Vision and Pattern Recognition','CVPR','');
INSERT INTO "publications_venue" VALUES(6,'eccv','European Conference on Computer Vision','ECCV','');
INSERT INTO "publications_venue" VALUES(7,'eccvw','European Conference on Computer Vision Workshops','ECCVW','');
CREATE UNIQUE INDEX "auth_group_permissions_group_id_permission_id_0cd325b0_uniq" ON "auth_group_permissions" ("group_id", "permission_id");
CREATE INDEX "auth_group_permissions_group_id_b120cbf9" ON "auth_group_permissions" ("group_id");
CREATE INDEX "auth_group_permissions_permission_id_84c5c92e" ON "auth_group_permissions" ("permission_id");
CREATE UNIQUE INDEX "auth_user_groups_user_id_group_id_94350c0c_uniq" ON "auth_user_groups" ("user_id", "group_id");
CREATE INDEX "auth_user_groups_user_id_6a12ed8b" ON "auth_user_groups" ("user_id");
CREATE INDEX "auth_user_groups_group_id_97559544" ON "auth_user_groups" ("group_id");
CREATE UNIQUE INDEX "auth_user_user_permissions_user_id_permission_id_14a6b632_uniq" ON "auth_user_user_permissions" ("user_id", "permission_id");
CREATE INDEX "auth_user_user_permissions_user_id_a95ead1b" ON "auth_user_user_permissions" ("user_id");
CREATE INDEX "auth_user_user_permissions_permission_id_1fbb5f2c" ON "auth_user_user_permissions" ("permission_id");
CREATE INDEX "django_admin_log_content_type_id_c4bce8eb" ON "django_admin_log" ("content_type_id");
CREATE INDEX "django_admin_log_user_id_c564eba6" ON "django_admin_log" ("user_id");
CREATE UNIQUE INDEX "django_content_type_app_label_model_76bd3d3b_uniq" ON "django_content_type" ("app_label", "model");
CREATE UNIQUE INDEX "auth_permission_content_type_id_codename_01ab375a_uniq" ON "auth_permission" ("content_type_id", "codename");
CREATE INDEX "auth_permission_content_type_id_2f476e4b" ON "auth_permission" ("content_type_id");
CREATE INDEX "axes_accessattempt_user_agent_ad89678b" ON "axes_accessattempt" ("user_agent");
CREATE INDEX "axes_accessattempt_ip_address_10922d9c" ON "axes_accessattempt" ("ip_address");
CREATE INDEX "axes_accessattempt_username_3f2d4ca0" ON "axes_accessattempt" ("username");
CREATE UNIQUE INDEX "axes_accessattempt_username_ip_address_user_agent_8ea22282_uniq" ON "axes_accessattempt" ("username", "ip_address", "user_agent");
CREATE INDEX "axes_accessfailurelog_user_agent_ea145dda" ON "axes_accessfailurelog" ("user_agent");
CREATE INDEX "axes_accessfailurelog_ip_address_2e9f5a7f" ON "axes_accessfailurelog" ("ip_address");
CREATE INDEX "axes_accessfailurelog_username_a8b7e8a4" ON "axes_accessfailurelog" ("username");
CREATE INDEX "axes_accesslog_user_agent_0e659004" ON "axes_accesslog" ("user_agent");
CREATE INDEX "axes_accesslog_ip_address_86b417e5" ON "axes_accesslog" ("ip_address");
CREATE INDEX "axes_accesslog_username_df93064b" ON "axes_accesslog" ("username");
CREATE UNIQUE INDEX "author_one_owner" ON "publications_author" ("is_owner") WHERE "is_owner";
CREATE UNIQUE INDEX "author_orcid_unique" ON "publications_author" ("orcid") WHERE NOT ("orcid" = '');
CREATE UNIQUE INDEX "publications_publication_topics_publication_id_topic_id_ca532ffa_uniq" ON "publications_publication_topics" ("publication_id", "topic_id");
CREATE INDEX "publications_publication_topics_publication_id_6c608b52" ON "publications_publication_topics" ("publication_id");
CREATE INDEX "publications_publication_topics_topic_id_ef0dfc41" ON "publications_publication_topics" ("topic_id");
CREATE INDEX "publications_authorship_author_id_23fbce1c" ON "publications_authorship" ("author_id");
CREATE INDEX "publications_authorship_publication_id_5489808b" ON "publications_authorship" ("publication_id");
CREATE INDEX "publications_publicationlink_publication_id_ecad953e" ON "publications_publicationlink" ("publication_id");
CREATE INDEX "publications_source_publication_id_16e63f2e" ON "publications_source" ("publication_id");
CREATE INDEX "publications_source_run_id_a7c95301" ON "publications_source" ("run_id");
CREATE UNIQUE INDEX "publication_citation_key_unique" ON "publications_publication" ((LOWER("citation_key"))) WHERE NOT ("citation_key" = '');
CREATE INDEX "publications_publication_doi_78703f08" ON "publications_publication" ("doi");
CREATE INDEX "publications_publication_arxiv_id_09d4e012" ON "publications_publication" ("arxiv_id");
CREATE INDEX "publications_publication_visibility_0300ac79" ON "publications_publication" ("visibility");
CREATE INDEX "publications_publication_category_id_3e7cc9e9" ON "publications_publication" ("category_id");
CREATE INDEX "publications_publication_venue_id_4bd63c01" ON "publications_publication" ("venue_id");
CREATE UNIQUE INDEX "homepage_section_categories_section_id_category_id_a47cf75a_uniq" ON "homepage_section_categories" ("section_id", "category_id");
CREATE INDEX "homepage_section_categories_section_id_a5432161" ON "homepage_section_categories" ("section_id");
CREATE INDEX "homepage_section_categories_category_id_3d690b53" ON "homepage_section_categories" ("category_id");
CREATE INDEX "profiles_profilelink_profile_id_be3a715f" ON "profiles_profilelink" ("profile_id");
CREATE UNIQUE INDEX "django_redirect_site_id_old_path_ac5dd16b_uniq" ON "django_redirect" ("site_id", "old_path");
CREATE INDEX "django_redirect_site_id_c3e37341" ON "django_redirect" ("site_id");
CREATE INDEX "django_redirect_old_path_c6cc94d3" ON "django_redirect" ("old_path");
CREATE INDEX "django_session_expire_date_a5c62663" ON "django_session" ("expire_date");
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('django_migrations',35);
INSERT INTO "sqlite_sequence" VALUES('django_admin_log',0);
INSERT INTO "sqlite_sequence" VALUES('django_content_type',25);
INSERT INTO "sqlite_sequence" VALUES('auth_permission',100);
INSERT INTO "sqlite_sequence" VALUES('auth_group',0);
INSERT INTO "sqlite_sequence" VALUES('auth_user',1);
INSERT INTO "sqlite_sequence" VALUES('axes_accessattempt',0);
INSERT INTO "sqlite_sequence" VALUES('axes_accesslog',0);
INSERT INTO "sqlite_sequence" VALUES('publications_authorship',53);
INSERT INTO "sqlite_sequence" VALUES('publications_publication',9);
INSERT INTO "sqlite_sequence" VALUES('django_site',1);
INSERT INTO "sqlite_sequence" VALUES('publications_importrun',1);
INSERT INTO "sqlite_sequence" VALUES('profiles_profile',1);
INSERT INTO "sqlite_sequence" VALUES('publications_category',3);
INSERT INTO "sqlite_sequence" VALUES('publications_author',23);
INSERT INTO "sqlite_sequence" VALUES('publications_venue',7);
INSERT INTO "sqlite_sequence" VALUES('publications_publicationlink',19);
INSERT INTO "sqlite_sequence" VALUES('publications_source',9);
INSERT INTO "sqlite_sequence" VALUES('homepage_section',4);
INSERT INTO "sqlite_sequence" VALUES('homepage_section_categories',3);
INSERT INTO "sqlite_sequence" VALUES('django_redirect',2);
INSERT INTO "sqlite_sequence" VALUES('profiles_profilelink',2);
INSERT INTO "sqlite_sequence" VALUES('profiles_newsitem',2);
INSERT INTO "sqlite_sequence" VALUES('publications_topic',1);
INSERT INTO "sqlite_sequence" VALUES('publications_publication_topics',1);
COMMIT;
